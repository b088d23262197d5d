"""The tables of a project file, as SQL that `migrations` runs, and how its own are known again.

Texts and history cannot be changed by SQL, and a span that is not the text cannot be written:
triggers of the file itself refuse it, whoever holds the pen. What is derived from history (labels,
layers, regions) can be made again by `rebuilding`.
"""

APPLICATION_ID = 0x48534859
"""`HSHY`: at byte 68 of the file, so that it is known without its name."""
PAGE_SIZE = 8192

LABEL_TABLES = {
    "entity": "entities",
    "event": "events",
    "argument": "arguments",
    "stance": "stances",
    "relation": "relations",
    "answer": "answers",
}

_COMMON = """
  note TEXT NOT NULL DEFAULT '', doubt TEXT NOT NULL DEFAULT '',
  origin TEXT NOT NULL DEFAULT 'person', source TEXT NOT NULL DEFAULT '',
  confidence REAL NOT NULL DEFAULT 1.0, decision TEXT NOT NULL DEFAULT ''
"""

_INDEXED_IN_MEMORY = 4 * 1024 * 1024
"""Bytes of new index in memory before a part is written; with the usual 1 MiB it takes a quarter
longer, and more brings nothing."""
_TABLES = f"""
CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE replicas(replica TEXT PRIMARY KEY CHECK(length(replica)=8),
  counter INTEGER NOT NULL, lamport INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE articles(id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE CHECK(length(sha256)=64),
  uid TEXT GENERATED ALWAYS AS (substr(sha256,1,16)) VIRTUAL,
  title TEXT NOT NULL, source TEXT NOT NULL DEFAULT '', language TEXT NOT NULL DEFAULT 'ar',
  length INTEGER NOT NULL CHECK(length>0), meta TEXT NOT NULL DEFAULT '{{}}',
  encoding TEXT NOT NULL DEFAULT '', rules TEXT NOT NULL DEFAULT '',
  withdrawn INTEGER NOT NULL DEFAULT 0 CHECK(withdrawn IN (0,1))) STRICT;
CREATE TABLE texts(article INTEGER PRIMARY KEY REFERENCES articles(id),
  text TEXT NOT NULL CHECK(instr(text,char(0))=0)) STRICT;
CREATE VIRTUAL TABLE words
  USING fts5(text, content='', columnsize=0, detail=full, tokenize='ascii');
CREATE VIRTUAL TABLE titles
  USING fts5(title, content='', columnsize=0, detail=none, tokenize='ascii');
INSERT INTO words(words,rank) VALUES('hashsize',{_INDEXED_IN_MEMORY});
CREATE TABLE regions(article INTEGER NOT NULL REFERENCES articles(id),
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, role TEXT NOT NULL, source TEXT NOT NULL,
  PRIMARY KEY(article,start), CHECK(0<=start AND start<"end")) STRICT, WITHOUT ROWID;
CREATE TABLE annotators(id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK(kind IN ('human','machine','gold'))) STRICT;
CREATE TABLE layers(id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL REFERENCES articles(id),
  annotator INTEGER NOT NULL REFERENCES annotators(id),
  status TEXT NOT NULL DEFAULT 'new' CHECK(status IN ('new','started','done','skipped')),
  suggestions TEXT NOT NULL DEFAULT 'none' CHECK(suggestions IN ('none','seen')),
  UNIQUE(article,annotator)) STRICT;
CREATE INDEX layers_by_status ON layers(annotator,status,article);
CREATE TABLE progress(annotator INTEGER NOT NULL, status TEXT NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY(annotator,status)) STRICT, WITHOUT ROWID;
CREATE TABLE operations(id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE CHECK(length(hash)=64),
  replica TEXT NOT NULL, sequence INTEGER NOT NULL CHECK(sequence>0), prev TEXT NOT NULL,
  lamport INTEGER NOT NULL CHECK(lamport>0), layer INTEGER REFERENCES layers(id),
  who TEXT NOT NULL CHECK(who<>''), at TEXT NOT NULL, kind TEXT NOT NULL, gesture TEXT NOT NULL,
  undoes TEXT NOT NULL DEFAULT '',
  body ANY NOT NULL CHECK(typeof(body) IN ('text','blob'))) STRICT;
CREATE INDEX operations_in_scope ON operations(layer,replica,sequence);
CREATE TABLE entities(id INTEGER PRIMARY KEY, uid TEXT NOT NULL,
  layer INTEGER NOT NULL REFERENCES layers(id), type TEXT NOT NULL,
  given TEXT NOT NULL DEFAULT '',
  subtype TEXT NOT NULL DEFAULT '', start INTEGER NOT NULL, "end" INTEGER NOT NULL,
  link TEXT NOT NULL DEFAULT '', {_COMMON}, CHECK(0<=start AND start<"end")) STRICT;
CREATE UNIQUE INDEX entities_by_uid ON entities(uid,layer);
CREATE INDEX entities_in_layer ON entities(layer,start,"end",type);
CREATE INDEX entities_by_type ON entities(type,layer);
CREATE INDEX entities_by_link ON entities(link) WHERE link<>'';
CREATE TABLE events(id INTEGER PRIMARY KEY, uid TEXT NOT NULL,
  layer INTEGER NOT NULL REFERENCES layers(id), type TEXT NOT NULL,
  given TEXT NOT NULL DEFAULT '',
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, {_COMMON},
  CHECK(0<=start AND start<"end")) STRICT;
CREATE UNIQUE INDEX events_by_uid ON events(uid,layer);
CREATE INDEX events_in_layer ON events(layer,start,"end",type);
CREATE INDEX events_by_type ON events(type,layer);
CREATE TABLE arguments(id INTEGER PRIMARY KEY, uid TEXT NOT NULL,
  layer INTEGER NOT NULL REFERENCES layers(id), event TEXT NOT NULL, role TEXT NOT NULL,
  filler TEXT NOT NULL, {_COMMON}) STRICT;
CREATE UNIQUE INDEX arguments_by_uid ON arguments(uid,layer);
CREATE INDEX arguments_in_layer ON arguments(layer,event);
CREATE TABLE stances(id INTEGER PRIMARY KEY, uid TEXT NOT NULL,
  layer INTEGER NOT NULL REFERENCES layers(id),
  holder_kind TEXT NOT NULL, holder TEXT NOT NULL,
  target_kind TEXT NOT NULL, target TEXT NOT NULL,
  value TEXT NOT NULL, voice TEXT NOT NULL, {_COMMON}) STRICT;
CREATE UNIQUE INDEX stances_by_uid ON stances(uid,layer);
CREATE INDEX stances_in_layer ON stances(layer);
CREATE TABLE relations(id INTEGER PRIMARY KEY, uid TEXT NOT NULL,
  layer INTEGER NOT NULL REFERENCES layers(id), type TEXT NOT NULL,
  given TEXT NOT NULL DEFAULT '',
  source_label TEXT NOT NULL, target_label TEXT NOT NULL, {_COMMON}) STRICT;
CREATE UNIQUE INDEX relations_by_uid ON relations(uid,layer);
CREATE INDEX relations_in_layer ON relations(layer);
CREATE TABLE answers(id INTEGER PRIMARY KEY, uid TEXT NOT NULL,
  layer INTEGER NOT NULL REFERENCES layers(id), question TEXT NOT NULL,
  "values" TEXT NOT NULL, {_COMMON}) STRICT;
CREATE UNIQUE INDEX answers_by_uid ON answers(uid,layer);
CREATE INDEX answers_in_layer ON answers(layer,question);
CREATE TABLE spans(layer INTEGER NOT NULL REFERENCES layers(id), label TEXT NOT NULL,
  part TEXT NOT NULL CHECK(part IN ('extent','head','evidence')), n INTEGER NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL,
  PRIMARY KEY(layer,label,part,n),
  CHECK(0<=start AND start<"end" AND length(quote)="end"-start)) STRICT, WITHOUT ROWID;
CREATE TABLE attributes(layer INTEGER NOT NULL REFERENCES layers(id), label TEXT NOT NULL,
  name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY(layer,label,name)) STRICT, WITHOUT ROWID;
CREATE TABLE votes(layer INTEGER NOT NULL REFERENCES layers(id), label TEXT NOT NULL,
  n INTEGER NOT NULL, annotator TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY(layer,label,n)) STRICT, WITHOUT ROWID;
CREATE TABLE held(layer INTEGER NOT NULL REFERENCES layers(id), label TEXT NOT NULL,
  kind TEXT NOT NULL, why TEXT NOT NULL, PRIMARY KEY(layer,label)) STRICT, WITHOUT ROWID;
CREATE TABLE label_schemas(id INTEGER PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL,
  digest TEXT NOT NULL, toml TEXT NOT NULL) STRICT;
CREATE TABLE doubt_answers(label TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE assignments(annotator TEXT NOT NULL, article TEXT NOT NULL,
  PRIMARY KEY(annotator,article)) STRICT, WITHOUT ROWID;
CREATE TABLE decisions(key TEXT PRIMARY KEY, article TEXT NOT NULL, kind TEXT NOT NULL,
  body TEXT NOT NULL, reason TEXT NOT NULL DEFAULT '', who TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE receipts(uid TEXT PRIMARY KEY, at TEXT NOT NULL, name TEXT NOT NULL,
  bundle TEXT NOT NULL, counts TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""

_NEVER = "RAISE(ABORT,'the text of an article never changes')"
_STAYS = "RAISE(ABORT,'a layer stays with its article and its annotator')"
_APPENDED = "RAISE(ABORT,'history is only added to')"
_CAME = "RAISE(ABORT,'what an article came with never changes')"

QUOTE_TRIGGER = """
CREATE TRIGGER spans_quoted BEFORE INSERT ON spans
WHEN NEW.quote IS NOT (SELECT substr(t.text,NEW.start+1,NEW."end"-NEW.start)
  FROM layers l JOIN texts t ON t.article=l.article WHERE l.id=NEW.layer)
BEGIN SELECT RAISE(ABORT,'the quote is not the text'); END
"""

_TRIGGERS = (
    f"""CREATE TRIGGER articles_fixed BEFORE UPDATE ON articles
WHEN NEW.id IS NOT OLD.id OR NEW.sha256 IS NOT OLD.sha256 OR NEW.length IS NOT OLD.length
BEGIN SELECT {_NEVER}; END""",
    f"CREATE TRIGGER articles_kept BEFORE DELETE ON articles BEGIN SELECT {_NEVER}; END",
    f"""CREATE TRIGGER articles_once BEFORE INSERT ON articles
WHEN EXISTS (SELECT 1 FROM articles WHERE id=NEW.id)
  OR EXISTS (SELECT 1 FROM articles WHERE sha256=NEW.sha256)
BEGIN SELECT {_NEVER}; END""",
    f"CREATE TRIGGER texts_fixed BEFORE UPDATE ON texts BEGIN SELECT {_NEVER}; END",
    f"CREATE TRIGGER texts_kept BEFORE DELETE ON texts BEGIN SELECT {_NEVER}; END",
    f"""CREATE TRIGGER texts_once BEFORE INSERT ON texts
WHEN EXISTS (SELECT 1 FROM texts WHERE article=NEW.article)
BEGIN SELECT {_NEVER}; END""",
    """CREATE TRIGGER texts_whole BEFORE INSERT ON texts
WHEN length(NEW.text) IS NOT (SELECT length FROM articles WHERE id=NEW.article)
BEGIN SELECT RAISE(ABORT,'the text is not as long as its article says'); END""",
    f"CREATE TRIGGER operations_fixed BEFORE UPDATE ON operations BEGIN SELECT {_APPENDED}; END",
    f"CREATE TRIGGER operations_kept BEFORE DELETE ON operations BEGIN SELECT {_APPENDED}; END",
    f"""CREATE TRIGGER operations_once BEFORE INSERT ON operations
WHEN EXISTS (SELECT 1 FROM operations WHERE id=NEW.id)
  OR EXISTS (SELECT 1 FROM operations WHERE hash=NEW.hash)
BEGIN SELECT {_APPENDED}; END""",
    f"""CREATE TRIGGER layers_fixed BEFORE UPDATE ON layers
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid OR NEW.article IS NOT OLD.article
  OR NEW.annotator IS NOT OLD.annotator
BEGIN SELECT {_STAYS}; END""",
    f"""CREATE TRIGGER layers_kept BEFORE DELETE ON layers
WHEN EXISTS (SELECT 1 FROM operations WHERE layer=OLD.id) BEGIN SELECT {_STAYS}; END""",
    f"""CREATE TRIGGER layers_once BEFORE INSERT ON layers
WHEN EXISTS (SELECT 1 FROM layers WHERE id=NEW.id)
  OR EXISTS (SELECT 1 FROM layers WHERE uid=NEW.uid)
  OR EXISTS (SELECT 1 FROM layers WHERE article=NEW.article AND annotator=NEW.annotator)
BEGIN SELECT {_STAYS}; END""",
    f"""CREATE TRIGGER annotators_fixed BEFORE UPDATE ON annotators
WHEN NEW.id IS NOT OLD.id OR NEW.uid IS NOT OLD.uid
BEGIN SELECT {_STAYS}; END""",
    f"CREATE TRIGGER annotators_kept BEFORE DELETE ON annotators BEGIN SELECT {_STAYS}; END",
    f"""CREATE TRIGGER annotators_once BEFORE INSERT ON annotators
WHEN EXISTS (SELECT 1 FROM annotators WHERE id=NEW.id)
  OR EXISTS (SELECT 1 FROM annotators WHERE uid=NEW.uid)
BEGIN SELECT {_STAYS}; END""",
    QUOTE_TRIGGER,
    """CREATE TRIGGER spans_fixed BEFORE UPDATE ON spans
BEGIN SELECT RAISE(ABORT,'a span is replaced, never edited'); END""",
    """CREATE TRIGGER layers_counted AFTER INSERT ON layers BEGIN
  INSERT INTO progress VALUES(NEW.annotator,NEW.status,1) ON CONFLICT DO UPDATE SET n=n+1; END""",
    """CREATE TRIGGER layers_recounted AFTER UPDATE OF status ON layers BEGIN
  UPDATE progress SET n=n-1 WHERE annotator=OLD.annotator AND status=OLD.status;
  INSERT INTO progress VALUES(NEW.annotator,NEW.status,1) ON CONFLICT DO UPDATE SET n=n+1; END""",
    """CREATE TRIGGER layers_uncounted AFTER DELETE ON layers BEGIN
  UPDATE progress SET n=n-1 WHERE annotator=OLD.annotator AND status=OLD.status; END""",
)

_MENTIONED = """a.uid AS article, a.title, n.name AS annotator, l.status"""
_JOINED = """JOIN layers l ON l.id=x.layer JOIN annotators n ON n.id=l.annotator
  JOIN articles a ON a.id=l.article JOIN texts t ON t.article=a.id WHERE a.withdrawn=0"""
_QUOTE = 'substr(t.text,x.start+1,x."end"-x.start) AS quote'
_TEXT_OF = """coalesce(
  (SELECT group_concat(quote,' … ') FROM (SELECT quote FROM spans
    WHERE layer={t}.layer AND label={t}.{c} AND part='extent' ORDER BY n)), {t}.{c})"""

_VIEWS = (
    f"""CREATE VIEW entity_mentions AS SELECT {_MENTIONED}, x.uid, x.type, x.subtype,
  x.start, x."end", {_QUOTE}, x.link, x.note, x.doubt FROM entities x {_JOINED}""",
    f"""CREATE VIEW event_frames AS SELECT {_MENTIONED}, x.uid, x.type, x.start, x."end", {_QUOTE},
  g.role, g.filler, {_TEXT_OF.format(t="g", c="filler")} AS filler_quote
  FROM events x LEFT JOIN arguments g ON g.layer=x.layer AND g.event=x.uid {_JOINED}""",
    f"""CREATE VIEW stance_statements AS SELECT {_MENTIONED}, x.uid,
  x.holder_kind, {_TEXT_OF.format(t="x", c="holder")} AS holder, x.value,
  x.target_kind, {_TEXT_OF.format(t="x", c="target")} AS target, x.voice,
  (SELECT group_concat(quote,' … ') FROM (SELECT quote FROM spans
    WHERE layer=x.layer AND label=x.uid AND part='evidence' ORDER BY n)) AS evidence
  FROM stances x {_JOINED}""",
)


FIRST_RELEASE = (
    *(statement for statement in _TABLES.split(";") if statement.strip()),
    *_TRIGGERS,
    *_VIEWS,
)
"""What makes every table, trigger and view of the first release, in order."""

TEXTS_FIRST = (
    "PRAGMA legacy_alter_table=ON",  # views and triggers go on naming `texts`
    "ALTER TABLE texts RENAME TO texts_before",
    "PRAGMA legacy_alter_table=OFF",
    """CREATE TABLE texts(article INTEGER PRIMARY KEY,
  text TEXT NOT NULL CHECK(instr(text,char(0))=0)) STRICT""",
    "INSERT INTO texts(article,text) SELECT article,text FROM texts_before ORDER BY article",
    "DROP TABLE texts_before",
    f"CREATE TRIGGER texts_fixed BEFORE UPDATE ON texts BEGIN SELECT {_NEVER}; END",
    f"""CREATE TRIGGER texts_kept BEFORE DELETE ON texts
WHEN EXISTS (SELECT 1 FROM articles WHERE id=OLD.article) BEGIN SELECT {_NEVER}; END""",
    f"""CREATE TRIGGER texts_once BEFORE INSERT ON texts
WHEN EXISTS (SELECT 1 FROM texts WHERE article=NEW.article) BEGIN SELECT {_NEVER}; END""",
    """CREATE TRIGGER texts_whole BEFORE INSERT ON texts
WHEN EXISTS (SELECT 1 FROM articles WHERE id=NEW.article AND length<>length(NEW.text))
BEGIN SELECT RAISE(ABORT,'the text is not as long as its article says'); END""",
    """CREATE TRIGGER articles_whole AFTER INSERT ON articles
WHEN EXISTS (SELECT 1 FROM texts WHERE article=NEW.id AND length(text)<>NEW.length)
BEGIN SELECT RAISE(ABORT,'the text is not as long as its article says'); END""",
)
"""What lets a text stand before its article comes, and go while it has not.

The table is made anew: SQLite cannot take a foreign key away.
"""

TAKEN_BACK = (
    """CREATE TABLE taken_back(operation TEXT NOT NULL, receipt TEXT NOT NULL,
  PRIMARY KEY(operation,receipt)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX taken_back_by_receipt ON taken_back(receipt)",
)
"""Operations that the fold leaves out, by the receipt of the hand-in that brought them."""

AGREEMENT = (
    """CREATE TABLE agreement_basis(trim INTEGER PRIMARY KEY, basis TEXT NOT NULL,
  operation INTEGER NOT NULL, names TEXT NOT NULL) STRICT""",
    """CREATE TABLE agreement_cells(id INTEGER PRIMARY KEY, trim INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES articles(id), cells BLOB NOT NULL,
  UNIQUE(trim,article)) STRICT""",
    "CREATE INDEX spans_after_the_first ON spans(layer,label) WHERE part='extent' AND n>0",
)
"""Counts of which agreement is made, by article: they can be counted again at any time."""

REGIONS_GIVEN = (
    """CREATE TABLE regions_given(article INTEGER PRIMARY KEY,
  regions TEXT NOT NULL, seal TEXT NOT NULL) STRICT""",
    f"CREATE TRIGGER regions_given_fixed BEFORE UPDATE ON regions_given BEGIN SELECT {_CAME}; END",
    f"CREATE TRIGGER regions_given_kept BEFORE DELETE ON regions_given BEGIN SELECT {_CAME}; END",
)
"""The regions that each article came with, as JSON, and a seal over them."""

MADE_BY_OTHERS = frozenset(
    {"_sqlite_migrations"}
    | {f"{table}_{part}" for table in ("words", "titles") for part in ("data", "idx", "config")}
)
"""Tables that sqlite-utils and FTS5 make, in the spelling of their version."""

VERSION = 5
"""`user_version` of a file with every migration of this program."""
