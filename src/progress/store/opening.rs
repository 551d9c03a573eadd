//! Opening the store's file: looks before it writes, refuses what is not a store, brings an older one up to date.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::{Trouble, explain};
use super::{Result, StoreError};

pub(super) mod embedded {
    refinery::embed_migrations!("src/progress/migrations");
}

/// The store's file in its folder. SQLite keeps `-wal` and `-shm` files beside it while it is open.
pub const STORE_FILE: &str = "calmline.sqlite3";

/// The version of the newest migration. Each migration sets it as the file's `user_version`.
pub(super) const SCHEMA: u32 = 2;

/// "CALM", by which a file is known as a store of this program.
const APPLICATION_ID: u32 = u32::from_be_bytes(*b"CALM");

/// Where refinery notes which migrations a store has had.
const HISTORY: &str = "refinery_schema_history";

/// How long an operation waits for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) fn open(folder: &Path) -> Result<(Connection, PathBuf)> {
    std::fs::create_dir_all(folder)
        .map_err(|error| StoreError::Folder { folder: folder.into(), why: error.to_string() })?;
    let file = folder.join(STORE_FILE);
    if inspect(&file)?.is_none_or(|version| version < SCHEMA) {
        upgrade(&file)?;
    }
    let db = connect(&file, &file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    if db.is_readonly("main").map_err(|error| explain(&error, &file))? {
        return Err(StoreError::ReadOnly { file });
    }
    Ok((db, file))
}

pub(super) fn open_read_only(folder: &Path) -> Result<(Connection, PathBuf)> {
    let file = folder.join(STORE_FILE);
    match inspect(&file)? {
        None => return Err(StoreError::Missing { file }),
        Some(found) if found < SCHEMA => return Err(StoreError::Older { file, found, known: SCHEMA }),
        Some(_) => {}
    }
    match connect(&file, &file, OpenFlags::SQLITE_OPEN_READ_ONLY) {
        // SQLite needs to make its `-shm` file even to read, unless it is told that nobody writes: true where nobody can.
        Err(StoreError::CannotOpen { .. } | StoreError::ReadOnly { .. }) if !has_log(&file) => {
            let address = PathBuf::from(format!("file:{}?immutable=1", escaped(&file)));
            let db = connect(&file, &address, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI)?;
            Ok((db, file))
        }
        other => other.map(|db| (db, file)),
    }
}

pub(super) fn in_memory() -> Result<Connection> {
    let place = Path::new("(memory)");
    let prepare = || -> std::result::Result<Connection, Trouble> {
        let mut db = Connection::open_in_memory()?;
        configure(&db)?;
        migrate(&mut db, place)?;
        Ok(db)
    };
    prepare().map_err(|trouble| trouble.at(place))
}

/// The version of the store, none where a new one is to be made. Reads the file's header by itself, because SQLite would
/// already write beside a file that turns out to be somebody else's.
fn inspect(file: &Path) -> Result<Option<u32>> {
    let cannot_open = |why: String| StoreError::CannotOpen { file: file.into(), why };
    // Looked at in this order, so that another program that is just writing never makes the file seem too short.
    let logged = has_log(file);
    let mut header = Vec::new();
    let mut length = 0;
    match std::fs::metadata(file) {
        Ok(metadata) if metadata.is_dir() => {
            return Err(StoreError::NotAStore { file: file.into(), why: "it is a folder".into() });
        }
        Ok(_) => {
            let read = || -> std::io::Result<(Vec<u8>, u64)> {
                let mut opened = File::open(file)?;
                let mut start = Vec::new();
                opened.by_ref().take(100).read_to_end(&mut start)?;
                Ok((start, opened.metadata()?.len()))
            };
            (header, length) = read().map_err(|error| cannot_open(error.to_string()))?;
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(cannot_open(error.to_string())),
    }
    if header.is_empty() {
        // SQLite would throw such a log away, and with it the last sessions.
        if logged {
            let why = format!("it is empty or gone, but its log {STORE_FILE}-wal is still there");
            return Err(StoreError::Corrupt { file: file.into(), why });
        }
        return Ok(None);
    }
    if beside(file, "-journal").exists() {
        // Somebody is just making it, or died while doing so: what stands in the header counts once SQLite has tidied up.
        return Ok(None);
    }
    let number =
        |at: usize| header.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes);
    if header.len() < 100 || !header.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::NotAStore { file: file.into(), why: "it is no SQLite file".into() });
    }
    let version = judge(file, number(68), number(60))?;
    let whole = u64::from(number(28)) * u64::from(number(16) >> 16);
    if length < whole && !logged {
        let why = format!("it is cut short: {length} bytes are left of {whole}");
        return Err(StoreError::Corrupt { file: file.into(), why });
    }
    Ok(version)
}

/// What the two numbers in the header say about the file.
fn judge(file: &Path, application: u32, version: u32) -> Result<Option<u32>> {
    if application != APPLICATION_ID {
        return Err(StoreError::NotAStore { file: file.into(), why: "it is another program's SQLite file".into() });
    }
    if version > SCHEMA {
        return Err(StoreError::Newer { file: file.into(), found: version, known: SCHEMA });
    }
    Ok(Some(version))
}

/// Creates the store or brings it up to date, alone with the file, in one transaction.
fn upgrade(file: &Path) -> Result<()> {
    let run = || -> std::result::Result<(), Trouble> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut db = Connection::open_with_flags(file, flags)?;
        db.busy_timeout(PATIENCE)?;
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        // The mode keeps the lock after the transaction, until the connection is closed. (Set before it, two programs could
        // each keep half a lock and wait for the other.)
        db.execute_batch("BEGIN EXCLUSIVE; PRAGMA locking_mode = EXCLUSIVE; COMMIT;")?;
        let tables: u32 = db.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let (application, version) = numbers(&db)?;
        if tables > 0 || application != 0 || version != 0 {
            judge(file, application, version)?;
        }
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        migrate(&mut db, file)?;
        db.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
        Ok(())
    };
    run().map_err(|trouble| trouble.at(file))
}

fn migrate(db: &mut Connection, file: &Path) -> std::result::Result<(), Trouble> {
    let (_, before) = numbers(db)?;
    if before == SCHEMA {
        return Ok(());
    }
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    let known = db.table_exists(None, HISTORY)?;
    let applied: u32 =
        if known { db.query_row(&format!("SELECT COUNT(*) FROM {HISTORY}"), [], |row| row.get(0))? } else { 0 };
    if applied != before {
        let why = format!("its version is {before}, but it has been brought up to date {applied} times");
        return Err(StoreError::Corrupt { file: file.into(), why }.into());
    }
    let outcome = embedded::migrations::runner().set_grouped(true).run(db);
    let why = match outcome {
        Ok(_) => {
            let (_, version) = numbers(db)?;
            if version == SCHEMA {
                return Ok(());
            }
            format!("its version is {version} where {SCHEMA} was expected")
        }
        Err(error) => {
            let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
            while let Some(inner) = cause {
                if let Some(sqlite) = inner.downcast_ref::<rusqlite::Error>() {
                    return Err(explain(sqlite, file).into());
                }
                cause = inner.source();
            }
            error.to_string()
        }
    };
    Err(StoreError::Upgrade { file: file.into(), why }.into())
}

/// Opens a file that [`inspect`] and [`upgrade`] have let pass; the address is its path, or says in SQLite's way how to open it.
fn connect(file: &Path, address: &Path, flags: OpenFlags) -> Result<Connection> {
    let run = || -> std::result::Result<Connection, Trouble> {
        let db = Connection::open_with_flags(address, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        configure(&db)?;
        let (application, version) = numbers(&db)?;
        judge(file, application, version)?;
        if flags.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) && !db.is_readonly("main")? {
            db.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
        }
        Ok(db)
    };
    run().map_err(|trouble| trouble.at(file))
}

fn configure(db: &Connection) -> rusqlite::Result<()> {
    db.busy_timeout(PATIENCE)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cell_size_check", true)
}

/// The application id and the schema version.
fn numbers(db: &Connection) -> rusqlite::Result<(u32, u32)> {
    let unsigned = |name: &str| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).map(i32::cast_unsigned);
    Ok((unsigned("application_id")?, unsigned("user_version")?))
}

/// Whether there are changes that have not been written back to the file.
fn has_log(file: &Path) -> bool {
    std::fs::metadata(beside(file, "-wal")).is_ok_and(|log| log.len() > 0)
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_os_string();
    name.push(ending);
    name.into()
}

/// The path as it stands in a `file:` address.
fn escaped(file: &Path) -> String {
    file.to_string_lossy()
        .replace('\\', "/")
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}
