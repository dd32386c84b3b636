//! A database, and how it is reached: the keys that are the same for everything that is kept in one.

use std::path::PathBuf;

use ssbtx_config_file::{Content, Table};
use ssbtx_postgresql::{Database, DatabaseFiles, Server, SettingsFault};

use super::Reading;

impl Reading<'_> {
    /// Reads which database, and the files that it takes. Nothing is connected to.
    pub(super) fn database(&self, table: &Table<'_>) -> Option<Database> {
        let any = |key, expected: &str| table.text(key, expected, |text| Ok::<_, String>(text.to_owned()));
        let host = any(HOST, "a host, such as `db.example.se`, or the folder of a Unix socket");
        let port = table.number("port", &(1_u16..=u16::MAX), 5432);
        let database = any("database", "the name of the database");
        let user = any("user", "the role that the host has in the database");
        let files = self.database_files(table);
        let server = Server { host: host?, port, database: database?, user: user? };
        let files = files?;
        let database = Database::new(server, &files);
        let at = database.as_ref().err().map_or(HOST, |fault| at(fault, &files));
        table.taken(at, database)
    }

    fn database_files(&self, table: &Table<'_>) -> Option<DatabaseFiles> {
        let password = table.optional_private_file(PASSWORD, "the file of the role's password");
        let roots = table.optional_file(ROOTS, "the issuers of the server's certificate, PEM");
        let client = self.client_of_database(table);
        self.certificates_of_database(table, ROOTS, roots.as_ref());
        let path = |file: Option<Content>| file.map(|file| file.path);
        Some(DatabaseFiles { password: path(password?), roots: path(roots?), client: client? })
    }

    /// A certificate with its key, or neither.
    #[expect(clippy::option_option, reason = "wrong, left out and read are three things")]
    fn client_of_database(&self, table: &Table<'_>) -> Option<Option<(PathBuf, PathBuf)>> {
        for (key, other) in [(CHAIN, KEY), (KEY, CHAIN)] {
            if table.has(key) && !table.has(other) {
                table.fault(key, format_args!("stands without `{other}`"));
                return None;
            }
        }
        let chain = table.optional_file(CHAIN, "the host's certificate towards the database, PEM");
        let key = table.optional_private_file(KEY, "its private key, PEM");
        self.certificates_of_database(table, CHAIN, chain.as_ref());
        Some(chain?.zip(key?).map(|(chain, key)| (chain.path, key.path)))
    }

    fn certificates_of_database(&self, table: &Table<'_>, key: &str, file: Option<&Option<Content>>) {
        if let Some(Some(file)) = file {
            self.certificates(table.path_of(key), &file.bytes);
        }
    }
}

/// The key at whose line a fault is told.
fn at(fault: &SettingsFault, files: &DatabaseFiles) -> &'static str {
    match fault {
        SettingsFault::NoRoots { .. } => HOST,
        SettingsFault::Permissions { .. } | SettingsFault::Password { .. } => PASSWORD,
        SettingsFault::Key { .. } => KEY,
        SettingsFault::Read { path, .. } | SettingsFault::Certificate { path } => {
            let is = |file: &Option<PathBuf>| file.as_ref() == Some(path);
            match &files.client {
                _ if is(&files.password) => PASSWORD,
                _ if is(&files.roots) => ROOTS,
                Some((_, key)) if key == path => KEY,
                Some(_) | None => CHAIN,
            }
        }
    }
}

const HOST: &str = "host";
const PASSWORD: &str = "password";
const ROOTS: &str = "roots";
const CHAIN: &str = "certificate-chain";
const KEY: &str = "private-key";
