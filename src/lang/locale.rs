//! The name of a locale → the language of the program's own words.

/// A language of the program's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Chinese.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Lang {
    /// Returns the language that a locale name such as `zh_CN.UTF-8` or `en_GB` asks for; Chinese where it asks for none.
    pub fn from_locale(locale: &str) -> Self {
        match locale.split(['_', '.', '@', '-']).next() {
            None | Some("" | "zh" | "C" | "POSIX") => Self::Chinese,
            Some(_) => Self::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_locale() {
        assert_eq!(Lang::from_locale("zh_CN.UTF-8"), Lang::Chinese);
        assert_eq!(Lang::from_locale("en_GB.UTF-8"), Lang::English);
        assert_eq!(Lang::from_locale("de"), Lang::English);
        assert_eq!(Lang::from_locale("C.UTF-8"), Lang::Chinese);
        assert_eq!(Lang::from_locale(""), Lang::Chinese);
    }
}
