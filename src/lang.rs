//! Every word on screen, Chinese and English, in one table. What was read from documents is never translated.

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

macro_rules! words {
    ($($word:ident: $chinese:literal, $english:literal;)*) => {
        /// One word or sentence of the program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[expect(missing_docs, reason = "the table itself says what each word is")]
        pub enum Word { $($word),* }

        impl Word {
            /// Every word.
            pub const ALL: &[Self] = &[$(Self::$word),*];

            /// Returns the word in a language.
            pub fn text(self, lang: Lang) -> &'static str {
                match (self, lang) {
                    $((Self::$word, Lang::Chinese) => $chinese, (Self::$word, Lang::English) => $english,)*
                }
            }
        }
    };
}

words! {
    // Vocabulary of the documents.
    Budget: "预算", "budget";
    FinalAccounts: "决算", "final accounts";
    UnknownDepartment: "（未识别部门）", "(department not found)";
    UnknownYear: "（未识别年度）", "(year not found)";
    // Errors.
    ErrorIo: "无法读取：", "cannot be read: ";
    ErrorNotFound: "没有这个文件或文件夹，请检查路径", "no such file or folder; check the path";
    ErrorNothingReadable: "文件夹里没有可读取的公开文件（txt、md），请换一个文件夹", "holds no disclosure that can be read (txt, md); name another folder";
    ErrorNotText: "不是文本文件（非 UTF-8 或 GB18030 编码）", "is not text (neither UTF-8 nor GB18030)";
    ErrorEmptyFile: "文件是空的", "is empty";
    ErrorTooLarge: "文件过大，上限为 ", "is too large; the limit is ";
    ErrorNoReader: "本版本还不能读取这种格式，请另存为文本：", "this version does not read the format yet; save it as text: ";
    ErrorNoDisclosure: "没有找到部门、年度或金额，不像预决算公开", "no department, year or figure was found; it does not look like a disclosure";
    ErrorReaderStopped: "读取时程序出错（请报告）：", "the program failed while reading it (please report): ";
    // Command line.
    NoteUnchanged: "写的是持平，没有数字", "said to be unchanged, without a figure";
    NoteUnitCutShort: "单位写成“万”或“亿”，缺“元”字", "the unit is cut short: 万 or 亿 without 元";
    NoteUnitMissing: "金额没有单位", "money without a unit";
    NoteTemplateChoice: "模板的选项没有删改", "a choice of the template was left in";
    NoteDoubtful: "读法不确定", "the reading is uncertain";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_has_both_languages() {
        for word in Word::ALL {
            assert!(!word.text(Lang::Chinese).is_empty() && !word.text(Lang::English).is_empty(), "{word:?}");
        }
    }

    #[test]
    fn follows_the_locale() {
        assert_eq!(Lang::from_locale("zh_CN.UTF-8"), Lang::Chinese);
        assert_eq!(Lang::from_locale("en_GB.UTF-8"), Lang::English);
        assert_eq!(Lang::from_locale("de"), Lang::English);
        assert_eq!(Lang::from_locale("C.UTF-8"), Lang::Chinese);
        assert_eq!(Lang::from_locale(""), Lang::Chinese);
    }
}
