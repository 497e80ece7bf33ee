namespace Orkestra.Expressions.Paths.Filters;

/// <summary>The comparisons of Jayway's filters.</summary>
internal enum LooseOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Matches,
    In,
    NotIn,
    SubsetOf,
    AnyOf,
    NoneOf,
    All,
    Size,
    Empty,
    Contains,
}
