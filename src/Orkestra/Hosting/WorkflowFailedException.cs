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
            ExecutionStatus.TimedOut => $"The run of {name} took longer than its timeout.",
            _ => $"The run of {name} failed{(result.FailedState is { } state ? $" in '{state}'" : "")} with {execution.Error ?? "an error without a name"}: {new Authoring.Failure("", execution.Cause).Message}",
        };
    }
}
