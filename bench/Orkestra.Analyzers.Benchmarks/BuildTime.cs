namespace Orkestra.Analyzers.Benchmarks;

/// <summary>How long a build took: of the processors, and on the clock.</summary>
internal sealed record BuildTime(TimeSpan Processor, TimeSpan Wall);
