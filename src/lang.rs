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
    // The check sheet of a reviewer.
    ChecklistTitle: "公开情况检查表", "check sheet";
    ChecklistDepartment: "部门", "department";
    ChecklistDisclosure: "年度与类型", "year and kind";
    ChecklistFiles: "文件", "files";
    ChecklistItem: "检查项目", "item";
    ChecklistVerdict: "是否符合", "verdict";
    ChecklistProblems: "存在问题", "problems";
    ChecklistMeets: "符合", "meets";
    ChecklistFails: "不符合", "fails";
    ChecklistCannotTell: "无法判断", "cannot tell";
    ChecklistNoContents: "未见目录。", "There is no contents page.";
    ChecklistNoDate: "文中没有公开日期和批复日期，无法判断是否在批复后20日内公开。", "The text gives neither the day of publication nor that of approval, so whether 20 days were kept cannot be told.";
    ChecklistNoApproval: "公开日期为{0}，文中没有批复日期，无法判断是否在批复后20日内公开。", "Published on {0}; the text does not give the day of approval, so whether 20 days were kept cannot be told.";
    ChecklistDays: "{0}批复，{1}公开，相隔{2}日，期限为20日。", "Approved on {0} and published on {1}, {2} days later; 20 are allowed.";
    ChecklistNoCover: "未见写明部门和年度的封面或标题。", "No cover or title names the department and the year.";
    ChecklistPartOfCover: "封面或标题没有同时写明部门、年度以及预算或决算，请人工核对。", "The cover or title does not name department, year and kind together; look at it.";
    ChecklistMissing: "未见“{0}”。", "“{0}” was not found.";
    ChecklistNoHeading: "没有单独的标题，相关内容见{0}。", "It has no heading of its own; see {0}.";
    ChecklistEmpty: "{0}的表格没有数据，也没有说明原因。", "The table at {0} is empty, and nothing says why.";
    ChecklistEmptySaid: "{0}的表格没有数据，已作说明。", "The table at {0} is empty, and the document says so.";
    ChecklistAttached: "文中说表格在附件里，附件没有一并提供，无法判断。", "The text says that the tables are attached; the attachment is not here.";
    ChecklistPage: "第{0}页", "page {0}";
    ChecklistLine: "第{0}行", "line {0}";
    ChecklistColon: "：", ": ";
    ChecklistFigures: "{0}（{1}）", "{0} ({1})";
    // Errors.
    ErrorIo: "无法读取：", "cannot be read: ";
    ErrorUnwritable: "无法写入：", "cannot be written: ";
    ErrorNotFound: "没有这个文件或文件夹，请检查路径", "no such file or folder; check the path";
    ErrorNothingReadable: "文件夹里没有可读取的公开文件（txt、md、html、pdf、Word、Excel），请换一个文件夹", "holds no disclosure that can be read (txt, md, html, pdf, Word, Excel); name another folder";
    ErrorNotText: "不是文本文件（非 UTF-8 或 GB18030 编码）", "is not text (neither UTF-8 nor GB18030)";
    ErrorScan: "是扫描件，只有图像没有文字，请换成带文字的版本", "is a scan: pictures of pages without text; get a version with text";
    ErrorEncrypted: "有密码保护，请先去掉密码", "is locked with a password; remove it first";
    ErrorDamaged: "文件已损坏或不完整，请重新下载", "is damaged or incomplete; download it again";
    ErrorTooSlow: "读取时间过长，文件可能已损坏", "takes too long to read; it may be damaged";
    ErrorEmptyFile: "文件是空的", "is empty";
    ErrorTooLarge: "文件过大，上限为 ", "is too large; the limit is ";
    ErrorUnpacks: "解压后过大，上限为 ", "unpacks to too much; the limit is ";
    ErrorTooDeep: "文件内部嵌套过深，不予读取", "its parts stand in each other too deeply to be read";
    ErrorTooManyCells: "表格单元格过多（超过100万个），不予读取", "its tables have too many cells (over a million) to be read";
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
    HelpCodes: "退出码：0 正常；1 搜索没有结果，或检查发现了问题；2 出错，标准错误上有一行说明", "Exit codes: 0 done; 1 a search found nothing, or a check found something; 2 an error, told in one line on standard error";
    NoteUnchanged: "写的是持平，没有数字", "said to be unchanged, without a figure";
    NoteUnitCutShort: "单位写成“万”或“亿”，缺“元”字", "the unit is cut short: 万 or 亿 without 元";
    NoteUnitMissing: "数字没有单位", "a number without its unit";
    NoteTemplateChoice: "模板的选项没有删改", "a choice of the template was left in";
    NoteExported: "来自导出文件：原文、表格、绩效指标和检查结果不在其中", "from an export: the text, the tables, the indicators and the findings are not in it";
    NoteDoubtful: "读法不确定", "the reading is uncertain";
    // Checks.
    SumTitle: "合计与分项", "parts and totals";
    SumExplains: "列出的各部分相加，应等于它们的合计：句子、括号、“其中”里的分项，类款项，表格的合计，各部分的增减额。每个数按印出的位数是一个区间，两边的区间没有公共点才算错；在区间之内而看得出不等的，另作四舍五入提示。", "The parts of a list must make their total: lists in sentences and brackets, classes and their lines, totals of tables, the changes of the parts. Every number is an interval by its printed places; only two that do not meet are wrong. What differs within them is a rounding hint.";
    SumWrong: "{0}写的是{1}，各部分相加是{2}，差{3}。", "{0} is given as {1}, but its parts make {2}, a difference of {3}.";
    SumRounding: "{0}写的是{1}，各部分相加是{2}，差{3}在四舍五入的范围之内。", "{0} is given as {1}, its parts make {2}; the difference of {3} is within rounding.";
    SumIncomplete: "{0}写的是{1}，列出的各部分相加是{2}，还有{3}没有列出。", "{0} is given as {1}, the parts that are named make {2}; {3} is not named.";
    CountTitle: "人数、车辆、面积", "people, vehicles, areas";
    CountExplains: "人员、车辆、房屋面积、设备的分项相加应等于总数；整数没有误差。", "The parts of people, vehicles, areas and equipment must make their total; whole numbers are exact.";
    DeltaTitle: "增减额", "changes";
    DeltaExplains: "同一句里写了本年数、上年数（或年初预算数）和增减额时，本年数减去上年数应等于增减额。", "Where a sentence gives this year, last year (or the budget) and the change, this year less last year must be the change.";
    DeltaWrong: "{0}：{1}减去{2}是{3}，写的是{4}。", "{0}: {1} less {2} is {3}, not {4} as written.";
    RateTitle: "增减率", "growth rates";
    RateExplains: "增减率应等于增减额除以上年数，上年数没有写出时用本年数减增减额。会指出误以本年数作分母、直接截去尾数、上年为零等情形。", "A growth rate must be the change divided by last year's amount, which is this year's less the change where it is not given. It names a rate divided by this year's amount, cut off instead of rounded, or over a base of nothing.";
    RateWrong: "{0}的增减率写的是{1}，{3}是{2}。", "The growth rate of {0} is given as {1}; {3} makes {2}.";
    RateRounding: "{0}的增减率写的是{1}，按写出的数是{2}（{3}），在四舍五入的范围之内。", "The growth rate of {0} is given as {1}, by the figures as written it is {2} ({3}), within rounding.";
    RateZeroBase: "{0}上年为零，不能有{1}的增减率。", "{0} was nothing the year before, so there is no growth rate of {1}.";
    ShareTitle: "占比", "shares";
    ShareExplains: "“占……的”百分比应等于部分除以整体，“完成年初预算的”百分比应等于决算数除以年初预算数；没有写出整体的，用同句各部分之和。", "A share must be the part divided by the whole, a degree of completion the outturn divided by the budget; where the whole is not given, the parts of the sentence make it.";
    ShareWrong: "{0}的占比写的是{1}，{3}是{2}。", "The share of {0} is given as {1}; {3} makes {2}.";
    ShareRounding: "{0}的占比写的是{1}，按写出的数是{2}（{3}），在四舍五入的范围之内。", "The share of {0} is given as {1}, by the figures as written it is {2} ({3}), within rounding.";
    DirectionTitle: "文字与数字的方向", "words and figures";
    DirectionExplains: "增加、减少、持平、大于预算、小于预算这些文字应与数字一致；没有减少就没有减少的原因；增加的金额不能配下降的比率。", "Words such as more, less, unchanged, above the budget must agree with the figures; what did not fall has no reasons for falling; an increase has no negative rate.";
    DirectionNotUnchanged: "{0}写的是“{3}”，但一个是{1}，一个是{2}。", "{0} is said to be unchanged (“{3}”), but is {1} against {2}.";
    DirectionOpposite: "{0}：从{2}到{1}，写的增减额是{3}，方向相反。", "{0}: from {2} to {1}, yet the change is given as {3}, the other way.";
    DirectionRate: "{0}的增减额{1}与增减率{2}方向相反。", "The change {1} and the rate {2} of {0} point opposite ways.";
    DirectionNoDecrease: "{0}写的是“{1}”，后面却解释“{2}”的原因，并没有减少。", "{0} is said to be “{1}”, yet reasons are given for “{2}”: nothing fell.";
    DirectionNoIncrease: "{0}写的是“{1}”，后面却解释“{2}”的原因，并没有增加。", "{0} is said to be “{1}”, yet reasons are given for “{2}”: nothing rose.";
    DirectionReason: "{0}的增减额是{1}，写的原因“{2}”却是相反的方向。", "The change of {0} is {1}, but the reason “{2}” is one for the opposite.";
    DirectionBudget: "{0}决算{1}，年初预算{2}，与“{3}”不符。", "The outturn of {0} is {1}, the budget {2}: not “{3}”.";
    XrefTitle: "前后一致", "one fact, one figure";
    XrefExplains: "同一年度、同一口径、同一科目的数，前后各处应一样：正文各节之间，正文与表格之间。法定可以不同的（如不同资金口径、项目支出另有安排）不报。", "One fact (year, basis, kind of money, budget line) must have one amount wherever it stands, in text and tables. What may legally differ is not reported.";
    XrefWrong: "{0}这里写的是{1}，第{4}行写的是{3}，差{5}。", "{0} is {1} here and {3} on line {4}, a difference of {5}.";
    XrefChange: "{0}的增减额这里写的是{1}，第{4}行写的是{3}，差{5}。", "The change of {0} is {1} here and {3} on line {4}, a difference of {5}.";
    XrefThreePublic: "{0}这里写的是{1}，第{4}行写的是{3}，差{5}；基本支出中的不会多于“三公”经费中的。", "{0} is {1} here and {3} on line {4}, a difference of {5}; basic expenditure cannot have more of it than the “three public” funds.";
    XrefProjectsUnsaid: "{0}这里写的是{1}，第{4}行写的是{3}，差{5}；只有一部分在项目支出中安排才可能不同，文中没有说明。", "{0} is {1} here and {3} on line {4}, a difference of {5}; they may differ only by what projects pay, which the text does not say.";
    XrefAgency: "名词解释说{0}就是公用经费，但{0}是{1}，第{4}行的{2}是{3}，差{5}。", "By the glossary {0} is the operating expenditure, but it is {1}, and {2} on line {4} is {3}, a difference of {5}.";
    XrefProject: "一个项目的{0}是{1}，比第{4}行的全部{2}{3}还多{5}。", "One project alone ({0}) has {1}, which is {5} more than all of {2}, {3} on line {4}.";
    XrefPersonnel: "{0}写的是{1}，工资福利支出与对个人和家庭的补助之和是{2}。", "{0} is given as {1}, but wages and welfare with the support of individuals make {2}.";
    XrefImplied: "{0}上年数写的是{1}，按本年{3}、增减额{4}推算是{2}。", "{0} of last year is given as {1}; this year's {3} and its change {4} make {2}.";
    XrefIndicator: "指标“{0}”这里是{1}，另一处（第{3}行）是{2}。", "The indicator “{0}” is {1} here and {2} elsewhere (line {3}).";
    BalanceTitle: "收支平衡", "revenue and expenditure";
    BalanceExplains: "收入总计应等于支出总计；一般公共预算支出不能多于一般公共预算拨款收入与结转之和。决算中本年收支可以不等。", "Total revenue must equal total expenditure; no more of the general budget can be spent than comes in and was carried over. In final accounts the year's own figures may differ.";
    BalanceWrong: "{0}{1}，{2}{3}，相差{4}。", "{0} is {1} and {2} is {3}, a difference of {4}.";
    BalanceGeneral: "{0}写的是{1}，而{2}只有{3}，多出的部分不是一般公共预算的钱。", "{0} is given as {1}, but {2} is only {3}; the rest is not money of the general budget.";
    DefinitionTitle: "口径", "definitions";
    DefinitionExplains: "合计应只含定义所包含的内容：“三公”经费不含会议费、培训费；财政拨款收入按名词解释的范围；货物不算服务；名词解释不应是另一词的解释。", "A total holds only what its definition does: no conferences or training in the three public funds, no other government's money in the department's own appropriation, no goods among services; an entry of the glossary explains its own term.";
    DefinitionThreePublic: "“三公”经费写的是{0}，其中含{1}；只含因公出国、公务用车、公务接待三项应是{2}。", "The three public funds are given as {0} with {1} in them; the three alone are {2}.";
    DefinitionCopied: "“{0}”的解释与“{1}”的解释相同，像是抄错。", "“{0}” is explained with the words of “{1}”: copied by mistake.";
    DefinitionOwnMoney: "财政拨款收入{0}含{1}{2}，名词解释说它只指本级财政拨款；不含是{3}。", "The appropriation of {0} includes {1} {2}, which by the glossary is no money of the own government; without it there are {3}.";
    DefinitionGoods: "服务类采购{1}用于“{0}”，这是货物，而货物类采购写的是{2}。", "Services of {1} are bought for “{0}”, which are goods, while goods are given as {2}.";
    DefinitionTicked: "项目类型勾选“{0}”，资金却是财政拨款{1}。", "The project is ticked “{0}”, but paid by an appropriation of {1}.";
    DefinitionNarrower: "名词解释的“{0}”没有包括文中归入它的“{1}”。", "The glossary's “{0}” leaves out “{1}”, which the text puts in.";
    DefinitionOther: "名词解释的“{0}”写成了“{1}”。", "The glossary explains “{0}” as “{1}”.";
    DefinitionAgency: "这一节应说明机关运行经费，写的却是{0}{1}。", "The section is on agency operating expenses, but gives {0} {1}.";
    PeriodTitle: "年度", "years";
    PeriodExplains: "预算、决算应与上一年度比较；标题的年度应是公开的年度。", "A budget or final account is compared with the year before; the year in a title is the year of the disclosure.";
    PeriodCompared: "{0}与{1}比较，应与{2}比较。", "{0} is compared with {1}; it should be {2}.";
    PeriodHeading: "标题“{0}”写的是{1}，应是{2}。", "The title “{0}” has {1}; it should be {2}.";
    PeriodContinued: "延续项目从{0}开始，就是本年，而表中有以前年度的数。", "A continued project is said to begin in {0}, the very year, while the table has values of the years before.";
    UnitTitle: "单位", "units";
    UnitExplains: "金额应有完整的单位；正文用万元时，单独一处用元往往是漏了“万”，会用同句的上年数和增减额核对；绩效指标的值与单位应相符。", "Money needs its whole unit; 元 among 万元 is mostly a slip, checked by last year's amount and the change in the sentence; the value of an indicator must fit what it measures.";
    UnitCutShort: "{0}写的是“{1}”，缺“元”字。", "{0} is written “{1}”, without 元.";
    UnitMissing: "{0}写的是“{1}”，缺单位或单位写错。", "{0} is written “{1}”, without its unit or with a wrong one.";
    UnitZero: "{0}写的是{1}，前后都用万元。", "{0} is {1}; all around it is in 万元.";
    UnitYuan: "{0}写的是{1}，按同句的数应是万元。", "{0} is {1}; by the other figures of the sentence 万元 is meant.";
    UnitVehicles: "{0}{1}与所属的{2}单位不同。", "{0} {1} is counted in another unit than the {2} it belongs to.";
    UnitIndicatorMixed: "指标“{0}”各年的值有的是数量，有的是百分比：{1}。", "The values of “{0}” are numbers in some years and a percentage in another: {1}.";
    UnitIndicatorRate: "“{0}”（{1}）是比率，列在数量指标中。", "“{0}” ({1}) is a rate among the indicators of quantity.";
    UnitIndicatorOfWhat: "数量指标“{0}”的值是{1}，没有说明是什么的百分比。", "The indicator of quantity “{0}” is {1}; of what is not said.";
    UnitIndicatorPersons: "指标“{0}”数的是人次，值是{1}。", "The indicator “{0}” counts visits, its value is {1}.";
    UnitIndicatorNoNumber: "数量指标“{0}”的值没有数：{1}。", "The indicator of quantity “{0}” has no number: {1}.";
    UnitIndicatorPer: "标准“{0}”是{1}，没有写每人每年。", "The standard “{0}” is {1}; per person and year is missing.";
    TextTitle: "文字", "wording";
    TextExplains: "模板留下的“增加（减少）”、XX，没有写完的“主要原因是。”，重复的词和标点，“与上年减少”，两句之间漏掉的句号，填错的单元格。", "Choices and placeholders of the template, sentences without an end, doubled words and marks, a missing full stop between two sentences, cells filled wrongly.";
    TextChoice: "{0}：“{1}”的模板选项没有删改。", "{0}: the template's choice was left in “{1}”.";
    TextCutOff: "“{0}”后面没有内容（{1}）。", "Nothing comes after “{0}” ({1}).";
    TextPlaceholder: "模板的“{0}”没有填写（{1}）。", "The placeholder “{0}” was not filled in ({1}).";
    TextDoubledMark: "标点重复：“{0}”（{1}）。", "Two marks together: “{0}” ({1}).";
    TextDoubledWord: "文字重复：“{0}”（{1}）。", "Words twice: “{0}” ({1}).";
    TextDoubledCharacter: "多了一个字：“{0}”（{1}）。", "A character too many: “{0}” ({1}).";
    TextCompared: "“{0}”不通，应是“比上年……”（{1}）。", "“{0}” is garbled; 比 is meant ({1}).";
    TextNoMark: "两句之间缺标点：“{0}”（{1}）。", "A mark is missing between two sentences: “{0}” ({1}).";
    TextYear: "年份写得不完整：“{0}”（{1}）。", "The year is not written in full: “{0}” ({1}).";
    TextRegion: "主语写成“{0}”，应是“{2}”（{1}）。", "The subject is “{0}”; it should be “{2}” ({1}).";
    TextOtherReason: "{0}的增减额{1}，写的原因“{2}”是别的科目的。", "The change {1} of {0} has a reason of another line: “{2}”.";
    TextValueAsBasis: "指标值确定依据一格写的是值“{0}”。", "The cell for the grounds of a value holds a value: “{0}”.";
    TextLevelTwice: "二级指标与一级指标同名：“{0}”。", "The second level has the name of the first: “{0}”.";
    TextAtLeastAll: "比率不能超过百分之百，“{0}”的不等号多余。", "A rate cannot exceed a hundred per cent; the sign in “{0}” is empty.";
    TextDoubledCell: "单元格里“{0}”写了两遍。", "The cell has “{0}” twice.";
    TextNumberPoint: "“{0}”的序号后缺点。", "The number of “{0}” lacks its point.";
    TextHeadTwice: "表头“{0}”出现两次，其中一列应是别的名称。", "The head “{0}” stands over two columns; one should have another name.";
    TextLabel: "“{0}”应是冒号（{1}）。", "“{0}” should have a colon ({1}).";
    ContinuityTitle: "年度之间", "from year to year";
    ContinuityExplains: "同一部门各年公开之间：本年引用的上年数、决算引用的年初预算数应等于当时公布的数，年初结转应等于上年末结转。只比较部门、版本、科目、资金口径都相同的金额；结转可能调整，只作提示。", "Between the disclosures of one department: last year's figure and the budget quoted in final accounts must be what was published then, and what a year begins with what the last one ended with. Only amounts of the same department, edition, subject and money are compared; carry-over may be restated, so it is only a hint.";
    ContinuityBudget: "{0}这里写的是{1}，{2}年预算公布的是{3}（{4} 第{5}行），差{6}。", "{0} is {1} here; the budget of {2} has {3} ({4} line {5}), a difference of {6}.";
    ContinuityFinal: "{0}这里写的是{1}，{2}年决算公布的是{3}（{4} 第{5}行），差{6}。", "{0} is {1} here; the final accounts of {2} have {3} ({4} line {5}), a difference of {6}.";
    StructureTitle: "结构", "structure";
    StructureExplains: "目录与正文标题一致，序号连续，应公开的内容（财预〔2016〕143号）都有说明，标题下有内容，附表有或写明见附件。各地模板不同，不合常例的只作提示。", "Contents page and body agree, numbers go on, everything that must be explained is (财预〔2016〕143号), headings have something below them, tables are there or said to be attached. Templates differ, so what is merely unusual is a hint.";
    StructureNoContents: "没有目录。", "There is no contents page.";
    StructureTitleDiffers: "标题是“{0}”，目录写的是“{1}”。", "The heading is “{0}”, the contents page has “{1}”.";
    StructureNotInBody: "目录中的“{0}”在正文里没有。", "“{0}” is in the contents page and not in the body.";
    StructureNoNumber: "标题“{0}”缺序号。", "The heading “{0}” lacks its number.";
    StructureRepeats: "“{0}”的序号与前一个（{1}）重复。", "The number of “{0}” repeats the one before ({1}).";
    StructureJumps: "“{0}”的序号与前一个（{1}）不连续。", "The number of “{0}” does not follow the one before ({1}).";
    StructureTablesElsewhere: "“{0}”没有表，写明见附件，无法核对。", "“{0}” holds no tables; they are said to be attached and cannot be checked.";
    StructureNoTables: "“{0}”下没有任何表，也没有写明在哪里。", "“{0}” holds no table, nor says where they are.";
    StructureEmpty: "标题“{0}”下没有内容。", "Nothing stands below the heading “{0}”.";
    StructureNoChanges: "标题“{0}”要求说明增减变化，文中没有。", "The heading “{0}” promises the changes, which are not given.";
    StructureNoPosts: "标题“{0}”要求说明编制，文中没有。", "The heading “{0}” promises the posts, which are not given.";
    StructureOnlyIncome: "标题“{0}”要求说明支出，文中只有收入。", "The heading “{0}” is on expenditure; only revenue is given.";
    StructureNoTotal: "“{0}”一节写了占比，没有写“三公”经费总额。", "The section “{0}” gives shares of the three public funds, but not their total.";
    StructureNoTargets: "“{0}”一节没有绩效目标。", "The section “{0}” has no targets.";
    StructureMissing: "没有说明“{0}”。", "Nothing is said about “{0}”.";
    StructureGlossary: "名词解释与正文用词不一致：{0}。", "The glossary and the text do not use the same terms: {0}.";
    ExplainSign: "正负号相反。", "The sign is the opposite one.";
    ExplainTenThousand: "正好差一万倍，像是元与万元写错。", "The factor is 10,000: 元 and 万元 were mistaken for each other.";
    ExplainSwapped: "像是两位数字写反，应为{0}。", "Two digits seem to be swapped; {0} is meant.";
    ExplainPartSwapped: "像是{0}{1}的两位数字写反，应为{2}。", "Two digits of {0} {1} seem to be swapped; {2} is meant.";
    ExplainPartDigit: "像是{0}{1}的一位数字写错、多写或少写，应为{2}。", "One digit of {0} {1} seems to be wrong, too many or missing; {2} is meant.";
    ExplainDigit: "像是一位数字写错、多写或少写，应为{0}。", "One digit seems to be wrong, too many or missing; {0} is meant.";
    ExplainTruncated: "是直接截去尾数，没有四舍五入。", "The last digits were cut off instead of rounded.";
    ExplainGapIs: "差额正好等于{0}{1}。", "The difference is exactly {0} {1}.";
    ExplainThisYear: "误以本年数作分母（{0}）。", "It was divided by this year's amount ({0}).";
    ExplainThisYearTruncated: "误以本年数作分母，又截去尾数（{0}）。", "It was divided by this year's amount and cut off ({0}).";
    ExplainThisYearAndChange: "误以本年数加增减额作分母（{0}）。", "It was divided by this year's amount plus the change ({0}).";
    ExplainBothYears: "误以两年之和作分母（{0}）。", "It was divided by the sum of both years ({0}).";
    ExplainNearThisYear: "接近以本年数作分母的结果（{0}）。", "It is near what this year's amount as divisor gives ({0}).";
    ExplainShareOf: "这是{0}的占比。", "It is the share of {0}.";
    ExplainShareOfRest: "这是其余部分的占比。", "It is the share of the rest.";
    SeverityError: "错误", "error";
    SeverityWarning: "警告", "warning";
    SeverityInfo: "提示", "info";
    ReasonDoubtful: "读法不确定", "reading uncertain";
    ReasonApproximate: "约数", "approximate";
    ReasonNoBase: "没有写明比较的对象", "base not stated";
    ReasonIncomplete: "分项未必列全", "parts need not be all";
    ReasonNoText: "没有原文", "no text";
    ReasonAmbiguous: "有两种读法", "two readings";
    OutcomeTitle: "各项检查", "Outcomes";
    OutcomeHolds: "相符", "holds";
    OutcomeFindings: "问题", "findings";
    OutcomeHints: "提示", "hints";
    OutcomeNone: "不适用", "not applicable";
    OutcomeUnsure: "无法判断", "cannot tell";
    OutcomeHeadNone: "不适用", "n/a";
    OutcomeHeadFindings: "问题", "found";
    OutcomeHeadUnsure: "未定", "unsure";
    OutcomeWhy: "为什么无法判断", "why unsure";
    OutcomeOfDisclosure: "份公开合计", "disclosure in all";
    OutcomeOfDisclosures: "份公开合计", "disclosures in all";
    HintOutcomes: "各项检查", "checks";
    HintItsFindings: "看它的问题", "its findings";
    HintNextDisclosure: "下一份", "next disclosure";
    KeyOutcomes: "看各项检查的结果：全部，再逐份", "what every check came to, in all and by disclosure";
    ExampleWrong: "会报告：", "It finds something here:";
    ExampleRight: "不会报告：", "and nothing here:";
    NoSuchCheck: "没有这项检查：", "no such check: ";
    SuchChecks: "；可用的有 ", "; there are ";
    HelpCheck: "检查各数是否对得上，逐条列出问题", "Checks whether the figures agree and lists what does not";
    HelpExplain: "说明各项检查，各有一个会报告、一个不会报告的例子", "Explains the checks, with an example that each finds and one that it does not";
    HelpCheckFormat: "输出格式：text（默认）、json 或 csv", "the format: text (default), json or csv";
    HelpChecklistFormat: "输出格式：text（默认）、json、csv、checklist（公开情况检查表）或 checklist-csv", "the format: text (default), json, csv, checklist (a reviewer's check sheet) or checklist-csv";
    HelpCheckOutput: "写入文件而不是屏幕；检查表按扩展名写成 .xlsx、.csv 或文本", "write to a file instead; a check sheet becomes .xlsx, .csv or text by its extension";
    HelpCheckCodes: "只做这些检查，用逗号隔开，如 SUM,RATE", "only these checks, with commas between: SUM,RATE";
    HelpCheckSeverity: "最低的严重程度：error、warning（默认）或 info", "the least severity: error, warning (default) or info";
    HelpCode: "检查的代号，如 SUM；不写则列出全部", "the code of a check, such as SUM; all where there is none";
    // Comparison.
    HelpCompare: "两份公开逐行对比：两个年度、预算与决算或两个部门", "Puts two disclosures side by side: two years, budget and final accounts, two departments";
    HelpCompareLeft: "文件，或“部门/年度/预算”这样的名称，可只写其中几项", "a file, or a name such as department/year/budget of which parts may be left out";
    HelpCompareRight: "同上", "the same";
    HelpCompareIn: "按名称找公开的文件夹；不写则在随附样例中找", "the folder in which names are looked for; the samples where there is none";
    HelpCompareOnly: "只要：changed（有变化的）或 unmatched（只在一边的）", "only these: changed, or unmatched, which are on one side only";
    HelpCompareSort: "排序：document（默认）、difference（增减额）或 percent（增减%）", "the order: document (default), difference or percent";
    CompareNone: "没有这样的公开：", "there is no such disclosure: ";
    CompareSeveral: " 不止一份：", " is not the only one: ";
    MatchHead: "对应", "match";
    MatchNone: "只在一边", "on one side only";
    MatchCode: "代码相同 ", "same code ";
    MatchName: "名称相同", "same name";
    MatchLike: "名称相近 ", "names alike by ";
    MatchComma: "，", ", ";
    MatchSectionAndTotal: "同一节、同一合计之下", "in the same section, under the same total";
    MatchSection: "在同一节", "in the same section";
    MatchTotal: "在同一合计之下", "under the same total";
    MatchMoved: "位置不同", "it has moved";
    ContributionRest: "没有列明的部分", "not named";
    CompareTitle: "对比", "compare";
    CompareWith: "与哪一份对比", "compare with which";
    ComparePrompt: "输入部门、年度、预算或决算来筛选", "type department, year, budget or final to narrow";
    CompareChooseFirst: "请先选一份公开", "choose a disclosure first";
    CompareNothingElse: "只有这一份公开，没有可对比的", "there is no other disclosure to compare with";
    CompareNoFurther: "这边没有别的变化了", "no further change this way";
    CompareEmpty: "没有符合条件的行", "No row is like that";
    CompareRows: "行", "rows";
    CompareChanged: "变化 ", "changed ";
    CompareOnlyLeft: "仅左", "left only";
    CompareOnlyRight: "仅右", "right only";
    CompareIncomparable: "不可比", "no measure";
    CompareAgain: "另见", "also on";
    OnlyAll: "全部", "all";
    OnlyChanged: "只看变化", "changed";
    OnlyAlone: "只看单边", "one side only";
    SortDocument: "按原文顺序", "as in the text";
    SortDifference: "按增减额", "by change";
    SortPercent: "按增减%", "by change %";
    ContributionTitle: "变化由哪些构成", "what makes the change";
    ContributionNone: "两边都列出分项的合计一个也没有", "no total is broken down on both sides";
    GroupCompare: "对比", "Comparing";
    TrendTitle: "趋势", "trend";
    TrendNone: "请先选一个金额或数量", "choose a figure first";
    TrendValue: "数", "figure";
    TrendSaidBy: "写在", "said by";
    TrendOwn: "本份", "own";
    TrendQuoted: "引用", "quoted";
    TrendBudget: "预", "B";
    TrendFinal: "决", "F";
    HintTrend: "趋势", "trend";
    KeyTrend: "这个数历年的趋势", "this figure over the years";
    HintCompare: "对比", "compare";
    HintChange: "下一处变化", "next change";
    HintSort: "排序", "sort";
    HintOnly: "只看", "only";
    HintParts: "构成", "parts";
    HintEvidence: "依据", "why";
    HintText: "看原文", "to the text";
    HintOther: "换一份", "another";
    KeyCompare: "与另一份公开逐行对比", "put another disclosure beside this one";
    KeyChange: "下一处、上一处变化", "the next change, the one before";
    KeySort: "排序：原文顺序、增减额、增减%", "sort: as in the text, by change, by change %";
    KeyOnly: "全部、只看变化、只看单边", "all rows, changed ones, those on one side only";
    KeyParts: "合计的变化由哪些行构成", "which rows make up the change of a total";
    KeyEvidence: "为什么把两行当作一行", "why two rows are taken for one";
    KeySides: "左右互换", "swap the sides";
    KeyShowRight: "到右边的原文", "to the text on the right";
    KeyShowLeft: "到左边的原文", "to the text on the left";
    KeyOther: "换一份公开对比", "compare with another disclosure";
    KeyLeaveCompare: "回到浏览", "back to exploring";
    // Findings.
    Checked: "已核", "checked";
    GroupFindings: "问题", "Findings";
    FindingsTitle: "问题", "findings";
    FindingsCount: "条", "listed";
    FindingsNone: "没有问题", "There are no findings";
    FindingsNoneWanted: "没有符合条件的问题", "No finding is like that";
    FindingsFromStart: "已到最后，从头开始", "past the last, the first";
    FindingsFromEnd: "已到最前，从末尾开始", "past the first, the last";
    FindingsDismissed: "已排除 ", "dismissed: ";
    FoundElsewhere: "另见 ", "elsewhere: ";
    NoteIs: "批注：", "note: ";
    NoteTitle: "批注", "note";
    ExplanationTitle: "说明", "explanation";
    NotKept: "未能保存：", "not saved: ";
    NothingToUndo: "没有可以撤销的", "nothing to undo";
    WantedAll: "全部", "all";
    LevelCounted: "错误与警告", "errors and warnings";
    StateLeft: "未排除", "not dismissed";
    StateOpen: "未处理", "open";
    StateAccepted: "已确认", "accepted";
    StateDismissed: "已排除", "dismissed";
    StateNoted: "有批注", "with a note";
    FindingsHead: "问题", "findings";
    HintFindings: "问题", "findings";
    HintNext: "下一处", "next";
    HintExplain: "说明", "explain";
    HintAccept: "确认", "accept";
    HintDismiss: "排除", "dismiss";
    HintNote: "批注", "note";
    HintUndo: "撤销", "undo";
    HintFilter: "筛选", "filter";
    HintKeepFilter: "用它筛选", "keep";
    HintNoFilter: "不筛选", "clear and leave";
    KeyFilter: "筛选：检查、部门、文件、内容中的几个词；Esc 取消", "type words of check, department, file or message; Esc clears them";
    HintLevel: "程度", "severity";
    HintCheck: "检查", "check";
    HintDepartment: "部门", "department";
    HintState: "状态", "state";
    HintKeep: "保存", "save";
    KeyNextFinding: "下一处、上一处问题", "the next finding, the one before";
    KeyFindings: "看全部问题", "all findings";
    KeyExplain: "说明这项检查", "what the check looks for";
    KeyJumpFinding: "跳到所选的问题", "jump to the selected finding";
    KeyAccept: "确认这个问题；再按一次取消", "accept the finding; again to take it back";
    KeyDismiss: "排除这个问题；再按一次取消", "dismiss the finding; again to take it back";
    KeyNote: "写批注", "write a note";
    KeyUndo: "撤销上一次的确认、排除或批注", "undo the last of these";
    KeyLevel: "换严重程度：错误、警告、提示", "choose by severity";
    KeyCheck: "换一项检查", "choose by check";
    KeyDepartment: "换一个部门", "choose by department";
    KeyState: "换状态：未处理、已确认、已排除、有批注", "choose by what was decided";
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
    CountProblem: "个文件未读", "file unread";
    CountProblems: "个文件未读", "files unread";
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
    ProblemsTitle: "未读", "unread";
    ProblemsNone: "所有文件都已读取，没有问题", "Every file was read; there are no problems";
    ProblemsFile: "个文件无法读取", "file that could not be read";
    ProblemsFiles: "个文件无法读取", "files that could not be read";
    HintIn: "进入", "open";
    HintOut: "返回", "back";
    HintPane: "换栏", "pane";
    HintSearch: "搜索", "search";
    HintProblems: "未读", "unread";
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
