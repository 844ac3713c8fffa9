use std::{collections::BTreeMap, path::Path};

/// Names and values as they were found; an empty value counts as absent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Variables(BTreeMap<String, String>);

/// The `.env` file is there but cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the file .env cannot be read")]
pub(crate) struct EnvFileError(#[source] dotenvy::Error);

impl Variables {
    /// The process environment, and beneath it the `.env` file of the working folder.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub(crate) fn of_process() -> Result<Self, EnvFileError> {
        let mut found = env_file(Path::new(".env"))?;
        found.extend(
            std::env::vars_os()
                .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))),
        );
        Ok(Self::from_iter(found))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl FromIterator<(String, String)> for Variables {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(pairs: I) -> Self {
        let trimmed = pairs.into_iter().map(|(name, value)| (name, value.trim().to_owned()));
        Self(trimmed.filter(|(_, value)| !value.is_empty()).collect())
    }
}

fn env_file(path: &Path) -> Result<BTreeMap<String, String>, EnvFileError> {
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    dotenvy::from_path_iter(path).map_err(EnvFileError)?.collect::<Result<_, _>>().map_err(EnvFileError)
}
