namespace Orkestra.Expressions.Jsonata.Compilation;

/// <summary>Where a variable may be bound: so many frames up, in that slot.</summary>
internal readonly record struct Place(int Up, int Slot);
