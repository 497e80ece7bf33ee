using System.Globalization;
using Orkestra.Asl;
using Orkestra.Engine;

namespace Orkestra.Hosting;

/// <summary>A run ended without an output. <see cref="Exception.InnerException"/> is what the failing step threw, when a step failed it.</summary>
public sealed class WorkflowFailedException : Exception
{
    internal WorkflowFailedException(WorkflowResult result)
        : base(Sentence(result), result.StepFailure?.Exception) => Result = result;

    /// <summary>The run.</summary>
    public WorkflowResult Result { get; }

    /// <summary>The error's name; null when the run was stopped or timed out.</summary>
    public string? Error => Result.Execution.Error;

    static string Sentence(WorkflowResult result)
    {
        var name = result.Definition.Workflow.Name;
        var execution = result.Execution;
        return execution.Status switch
        {
            ExecutionStatus.Aborted => $"The run of {name} was stopped.",
            ExecutionStatus.TimedOut when result.Definition.Workflow.Timeout is { } timeout => $"The run of {name} took longer than its timeout of {Text(timeout)}.",
            ExecutionStatus.TimedOut => $"The run of {name} took longer than its timeout.",
            _ when Limit(result) is { } limit => $"The run of {name} failed{(result.FailedState is { } state ? $" in '{state}'" : "")} with {execution.Error}: {limit}",
            _ => $"The run of {name} failed{(result.FailedState is { } state ? $" in '{state}'" : "")} with {execution.Error ?? "an error without a name"}: {new Authoring.Failure("", execution.Cause).Message}",
        };
    }

    // What the service doesn't say: which limit, and by how much.
    static string? Limit(WorkflowResult result)
    {
        var state = result.FailedState;
        var step = state is null ? null : result.Definition.StepsByState.GetValueOrDefault(state);
        switch (result.Execution.Error)
        {
            case ErrorNames.Timeout when step?.Timeout is { } timeout:
                return $"the step '{step.Name}' ({Path.GetFileName(step.SourceFile.Replace('\\', '/'))}:{step.SourceLine}) took longer than its timeout of {Text(timeout)}.";
            case ErrorNames.DataLimitExceeded:
                var size = result.FindSize?.Invoke(state) is { } bytes ? $"the output has {bytes.ToString("N0", CultureInfo.InvariantCulture)} bytes" : "a payload is too large";
                return $"{size}, and the limit is {ExecutionQuotas.Aws.MaxPayloadBytes.ToString("N0", CultureInfo.InvariantCulture)}. Store the data, such as in S3, and pass a reference to it.";
            default:
                return null;
        }
    }

    static string Text(TimeSpan time) => time.TotalSeconds < 120 ? $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s" : time.ToString("c", CultureInfo.InvariantCulture);
}
