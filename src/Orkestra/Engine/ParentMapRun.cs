namespace Orkestra.Engine;

/// <summary>The Map Run a child execution belongs to.</summary>
/// <param name="ExecutionArn">The execution whose Map it is.</param>
/// <param name="MapRunArn">The Map Run.</param>
/// <param name="Redrives">How often the Map Run had been redriven when the child was started.</param>
public sealed record ParentMapRun(string ExecutionArn, string MapRunArn, int Redrives);
