namespace Orkestra.Expressions.Paths.Filters;

/// <summary>The comparisons of RFC 9535.</summary>
internal enum FilterOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
