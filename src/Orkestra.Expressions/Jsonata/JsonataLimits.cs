namespace Orkestra.Expressions.Jsonata;

/// <summary>
/// What one evaluation may use. Whatever an expression does, it ends with a <see cref="JsonataException"/> when it passes a limit. Steps, depth and memory
/// are counted the same in every run; only <see cref="Timeout"/> depends on the machine.
/// </summary>
public sealed record JsonataLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static JsonataLimits Default { get; } = new();

    /// <summary>How long an evaluation may take; 30 seconds by default, null for no limit. Passing it is error D1012.</summary>
    public TimeSpan? Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one regular expression may search in one string; one second by default. Passing it is error D1012.</summary>
    public TimeSpan RegexTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How deep evaluation may nest, counted in parts of expressions inside one another, those of called functions included; 20,000 by default. Tail calls do not
    /// add to it. Passing it, or the end of the thread's stack, is error D1011.
    /// </summary>
    public int MaxDepth { get; init; } = 20_000;

    /// <summary>How many steps (items visited, functions called) an evaluation may take; 200 million by default. Passing it is error U1001.</summary>
    public long MaxSteps { get; init; } = 200_000_000;

    /// <summary>How many elements a sequence or array may have; 10 million by default, as in the reference. Passing it is error D2015 (D2014 for a range).</summary>
    public int MaxSequenceLength { get; init; } = 10_000_000;

    /// <summary>
    /// How many bytes of strings, arrays and objects an evaluation may build in all, by estimate; 1 GiB by default. Passing it is error U1003.
    /// </summary>
    public long MaxMemory { get; init; } = 1L << 30;

    /// <summary>
    /// How many bytes of UTF-8 the result may have as JSON text; null by default, which is no limit for results that stay values. The overloads that return
    /// text always have one: 256 MiB when this is null. Passing it is error U1004.
    /// </summary>
    public long? MaxOutputBytes { get; init; }

    /// <summary>The clock <see cref="Timeout"/> is measured with.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
