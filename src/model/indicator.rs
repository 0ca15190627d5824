//! A performance indicator: what is promised, by when, and on what grounds.

use super::SectionId;
use crate::source::Span;

/// One row of a table of performance indicators (绩效指标). Its texts are cells of the source, kept as spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// The section it stands in, which names the goal or the table.
    pub section: SectionId,
    /// The project that the table is about, where it names one.
    pub project: Option<Span>,
    /// 一级指标, such as 产出指标.
    pub level1: Span,
    /// 二级指标, such as 数量指标.
    pub level2: Span,
    /// 三级指标: the indicator itself.
    pub name: Span,
    /// The values, each with the year it is of where the table has several.
    pub values: Vec<(Option<u16>, Span)>,
    /// 指标值确定依据: where the values come from.
    pub basis: Span,
}
