//! COUNT: people, vehicles and areas whose parts do not make their total.

use super::facts::Facts;
use super::report::Log;
use super::{Check, Code, Run};
use crate::lang::Word;
use crate::model::Measure;

pub(super) const CHECK: Check = Check {
    code: Code::Count,
    title: Word::CountTitle,
    explanation: Word::CountExplains,
    wrong: &[
        "第一部分 2024年部门预算说明\n一、国有资产占用情况\n截至2023年12月31日，本部门共有车辆6辆，其中：机要通信用车1辆，执法执勤用车2辆，其他用车1辆。\n",
    ],
    right: &[
        "第一部分 2024年部门预算说明\n一、国有资产占用情况\n截至2023年12月31日，本部门共有车辆4辆，其中：机要通信用车1辆，执法执勤用车2辆，其他用车1辆。\n",
    ],
    run: Run::Alone(run),
};

fn run(facts: &Facts, log: &mut Log) {
    for (whole, _) in facts.all_measured(Measure::Count) {
        super::sum::breakdowns(facts, log, whole);
    }
}
