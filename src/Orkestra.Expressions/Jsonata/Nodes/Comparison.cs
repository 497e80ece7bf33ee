namespace Orkestra.Expressions.Jsonata.Nodes;

internal enum Comparison
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
