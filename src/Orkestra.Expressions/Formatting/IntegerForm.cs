namespace Orkestra.Expressions.Formatting;

/// <summary>The primary token of an integer picture (XPath F&amp;O 3.1 section 4.6.1).</summary>
internal enum IntegerForm
{
    Decimal,
    Letters,
    Roman,
    Words,

    /// <summary>Another numbering sequence, which neither the reference nor this implementation knows.</summary>
    Sequence,
}
