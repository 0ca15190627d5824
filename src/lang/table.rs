//! The macro that makes an enum of the table of words, and looks them up.

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
