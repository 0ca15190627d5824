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
    Samples: "随附样例", "samples";
    Reading: "读取", "reading";
    NoTerminal: "浏览需要终端；要输出到文件或管道，请用 mingbai export 或 mingbai search", "browsing needs a terminal; for files and pipes use mingbai export or mingbai search";
    EmptyQuery: "没有要找的内容，请写科目、部门、年份或金额", "nothing to search for; name a budget line, a department, a year or an amount";
    NotSearched: "没有搜到的文件：", "not searched: ";
    FilesUnread: "无法读取的文件：", "files that could not be read: ";
    SuchAs: " 个，如 ", ", such as ";
    OutputFailed: "无法写出结果：", "the output cannot be written: ";
    TerminalFailed: "终端出错：", "the terminal failed: ";
    UnknownArgument: "没有这个选项：", "no such option: ";
    MissingArgument: "还缺：", "missing: ";
    InvalidValue: "这个值不能用：", "no such value for ";
    SeeHelp: "；用法见 mingbai --help", "; see mingbai --help";
    HeadingUsage: "用法：", "Usage:";
    HeadingCommands: "命令", "Commands";
    HeadingArguments: "参数", "Arguments";
    HeadingOptions: "选项", "Options";
    HelpAbout: "在终端里浏览部门预算、决算公开，逐级查看每个数及其原文", "Explores budget and final-account disclosures of Chinese government departments in the terminal";
    HelpPaths: "文件夹（连同子文件夹）或文件；不写则打开随附样例。名为 export 的文件夹写作 ./export", "folders, with all in them, or files; the samples where there are none. A folder named export is written ./export";
    HelpPath: "文件夹（连同子文件夹）或文件", "a folder, with all in it, or a file";
    HelpQuery: "要找的词：科目、标题、部门、年份、预算或决算、金额，用空格隔开，须全部符合", "words that must all match: budget lines, headings, departments, years, budget or final, amounts";
    HelpExport: "把读到的全部内容输出为 JSON", "Writes everything that was read as JSON";
    HelpSearch: "搜索，一行一个结果，最相符的在前", "Writes what is found, one line each, the best first";
    HelpFormat: "输出格式：json（默认）", "the format: json (default)";
    HelpLimit: "最多输出几行", "how many lines at most";
    HelpLang: "程序的语言：zh 或 en（默认按 LC_ALL、LC_MESSAGES、LANG）", "the language of the program: zh or en (default by LC_ALL, LC_MESSAGES, LANG)";
    HelpHelp: "显示帮助", "shows this help";
    HelpVersion: "显示版本", "shows the version";
    HelpCodes: "退出码：0 正常；1 搜索没有结果；2 出错，标准错误上有一行说明", "Exit codes: 0 done; 1 a search found nothing; 2 an error, told in one line on standard error";
    NoteUnchanged: "写的是持平，没有数字", "said to be unchanged, without a figure";
    NoteUnitCutShort: "单位写成“万”或“亿”，缺“元”字", "the unit is cut short: 万 or 亿 without 元";
    NoteUnitMissing: "金额没有单位", "money without a unit";
    NoteTemplateChoice: "模板的选项没有删改", "a choice of the template was left in";
    NoteDoubtful: "读法不确定", "the reading is uncertain";
    // Screens.
    AppName: "明白", "mingbai";
    PaneTree: "目录", "contents";
    PaneFigures: "数字", "figures";
    PaneDisclosures: "公开", "disclosures";
    PaneSource: "原文", "source";
    // The number stands for {}.
    LineNumber: "第 {} 行", "line {}";
    PageNumber: "第 {} 页", "page {}";
    UnitNote: "单位：{}", "in {}";
    YearNumber: "{}年", "{}";
    ThisYear: "本年", "this year";
    LastYear: "上年", "last year";
    Delta: "增减", "change";
    Rate: "增减%", "change %";
    Share: "占比%", "share %";
    SubjectHead: "科目", "budget line";
    DisclosureHead: "年度", "year";
    SectionsHead: "章节", "sections";
    FiguresHead: "数字", "figures";
    FileHead: "文件", "file";
    EditionOwn: "（本级）", " (own)";
    EditionConsolidated: "（汇总）", " (consolidated)";
    CountDisclosure: "份公开", "disclosure";
    CountDisclosures: "份公开", "disclosures";
    CountFigure: "个数字", "figure";
    CountFigures: "个数字", "figures";
    CountProblem: "个问题", "problem";
    CountProblems: "个问题", "problems";
    Loading: "读取", "reading";
    LoadingEmpty: "正在读取…", "Reading…";
    LoadingFiles: "个文件", "files";
    EmptyTitle: "没有可以浏览的公开", "There is no disclosure to explore";
    EmptyRead: "读取的文件：", "files read: ";
    EmptyProblems: "无法读取的：", "not readable: ";
    EmptyHint: "按 ! 看原因，按 q 退出", "! shows why, q quits";
    EmptyHintNone: "按 q 退出，换一个文件夹再试", "q quits; try another folder";
    NoFigures: "这里没有数字", "No figures here";
    TooSmall: "窗口太小", "The window is too small";
    TooSmallNow: "现在 ", "now ";
    TooSmallLeast: "至少 ", "at least ";
    SearchTitle: "搜索", "search";
    SearchPrompt: "科目、部门、年份、代码、金额，可用空格分开几个词", "a budget line, department, year, code or amount; several words are possible";
    SearchNothing: "没有找到", "Nothing found";
    SearchHit: "个结果", "result";
    SearchHits: "个结果", "results";
    SearchHitsMost: "个以上结果", "results or more";
    HelpTitle: "帮助", "help";
    ProblemsTitle: "问题", "problems";
    ProblemsNone: "所有文件都已读取，没有问题", "Every file was read; there are no problems";
    ProblemsFile: "个文件无法读取", "file that could not be read";
    ProblemsFiles: "个文件无法读取", "files that could not be read";
    HintIn: "进入", "open";
    HintOut: "返回", "back";
    HintPane: "换栏", "pane";
    HintSearch: "搜索", "search";
    HintProblems: "问题", "problems";
    HintLanguage: "English", "中文";
    HintHelp: "帮助", "help";
    HintQuit: "退出", "quit";
    HintChoose: "选择", "choose";
    HintJump: "跳转", "jump there";
    HintClose: "关闭", "close";
    HintClear: "清空", "clear";
    GroupExplore: "浏览", "Exploring";
    GroupSearch: "搜索", "Searching";
    GroupMouse: "鼠标", "Mouse";
    KeyIn: "进入下一层；在数字上看原文", "drill down; on a figure, read its source";
    KeyOut: "收起，再返回上一层", "close, then go back up";
    KeyToggle: "展开或收起", "open or close";
    KeyPanes: "到下一栏、上一栏", "next pane, pane before";
    KeyMove: "上一行、下一行", "up and down";
    KeyPage: "上一页、下一页", "a page up and down";
    KeyHalf: "上半页、下半页", "half a page up and down";
    KeyEnds: "到开头、到末尾", "to the first and last row";
    KeySearch: "搜索科目、部门、年份、代码、金额", "search budget lines, departments, years, codes, amounts";
    KeyProblems: "看哪些文件无法读取，为什么", "which files could not be read, and why";
    KeyLanguage: "界面换成英文", "switch to Chinese";
    KeyHelp: "本帮助", "this help";
    KeyRedraw: "重画屏幕", "draw the screen anew";
    KeyQuit: "退出", "quit";
    KeyHits: "选上一个、下一个结果", "the result above, below";
    KeyJump: "跳到所选的结果", "jump to the selected result";
    KeyCloseSearch: "关闭搜索", "close the search";
    KeyClear: "清空输入", "clear the line";
    KeyDeleteWord: "删去一个词", "delete a word";
    MouseClick: "单击", "click";
    MouseMarker: "单击 ▸ ▾", "click ▸ ▾";
    MouseWheel: "滚轮", "wheel";
    KeyClick: "选择", "select";
    KeyClickMarker: "展开或收起", "open or close";
    KeyWheel: "滚动鼠标所在的一栏", "scroll the pane under the pointer";
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
