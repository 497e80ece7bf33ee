namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

internal enum Comparison
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
