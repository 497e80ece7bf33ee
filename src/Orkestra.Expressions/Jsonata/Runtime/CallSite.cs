namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>Where a call stands and what it calls, for errors.</summary>
internal readonly record struct CallSite(int Position, string? Name);
