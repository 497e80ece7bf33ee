namespace Orkestra.Hosting.StepLogs;

/// <summary>Lines of an execution, oldest first.</summary>
/// <param name="Lines">The lines that were asked for.</param>
/// <param name="Dropped">How many older lines of the execution were dropped, because it logged more than is kept.</param>
/// <param name="IsLast">Whether no further line that matches was there when the page was read.</param>
public sealed record StepLogPage(IReadOnlyList<StepLogLine> Lines, long Dropped, bool IsLast);
