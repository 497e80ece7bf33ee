namespace Orkestra.Expressions.Data;

/// <summary>A shape, and where each of its names stands in a text, from its opening quotation mark to its colon.</summary>
internal sealed record LazyNames(JsonShape Shape, (int Start, int Length)[] Places);
