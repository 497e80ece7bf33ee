namespace Orkestra.Hosting;

/// <summary>What <see cref="OrkestraRuntime.ResumeAllAsync"/> did.</summary>
/// <param name="Resumed">The ARNs of the executions that go on.</param>
/// <param name="Failed">The executions that could not be resumed, by ARN, each with the reason. They stay as they are stored.</param>
public sealed record ResumeSummary(IReadOnlyList<string> Resumed, IReadOnlyDictionary<string, Exception> Failed);
