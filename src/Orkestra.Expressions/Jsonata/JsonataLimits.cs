namespace Orkestra.Expressions.Jsonata;

/// <summary>
/// What one evaluation may use. Whatever an expression does, it ends with a <see cref="JsonataException"/> when it passes a limit. All limits are counts that depend on the expression and
/// its data alone: no clock is read, regular expressions included, so an evaluation ends in the same way on every machine.
/// </summary>
public sealed record JsonataLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static JsonataLimits Default { get; } = new();

    /// <summary>
    /// Limits near those of AWS Step Functions, which has them as a depth of 100, about 7 MB of memory and one second; the default for its dialect. Depth is counted as there. Memory and
    /// time are counts chosen so that what was measured there ends the same way here: 873,782 numbers fit and 900,000 do not, a text of 2^22 characters fits and one of 2^23 does not.
    /// </summary>
    public static JsonataLimits StepFunctions { get; } = new() { MaxDepth = 100, MaxSteps = 20_000_000, MaxMemory = 42_500_000, MaxTextLength = 7_000_000, MaxSequenceLength = 1_000_000 };

    /// <summary>
    /// How deep evaluation may nest, counted in parts of expressions inside one another, those of called functions included; 20,000 by default. Tail calls do not
    /// add to it. Passing it is error D1011 (U1011 in the dialect of Step Functions). Values may nest 10,000 levels deep.
    /// </summary>
    public int MaxDepth { get; init; } = 20_000;

    /// <summary>
    /// How many steps an evaluation may take; 200 million by default. A step is an item visited, a function called, a pair of values compared, a move of a regular expression, or 16 characters
    /// of a text that is searched or changed. Passing it is error U1001.
    /// </summary>
    public long MaxSteps { get; init; } = 200_000_000;

    /// <summary>How many elements a sequence or array may have; 10 million by default, as in the reference. Passing it is error D2015 (D2014 for a range).</summary>
    public int MaxSequenceLength { get; init; } = 10_000_000;

    /// <summary>
    /// How many bytes of strings, arrays and objects an evaluation may make in all, by estimate; 1 GiB by default. Passing it is error U1003.
    /// </summary>
    public long MaxMemory { get; init; } = 1L << 30;

    /// <summary>How many characters a text may have that an evaluation makes; no limit by default but that of the memory. Passing it is error U1003.</summary>
    public int MaxTextLength { get; init; } = int.MaxValue;

    /// <summary>
    /// How many bytes of UTF-8 the result may have as JSON text; null by default, which is no limit for results that stay values. The overloads that return
    /// text always have one: 256 MiB when this is null. Passing it is error U1004.
    /// </summary>
    public long? MaxOutputBytes { get; init; }
}
