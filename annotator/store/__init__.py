"""What is kept: the project file. SQL and sqlite-utils live here and nowhere else."""
