using Orkestra.Authoring;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>Runs workflows in this process, for tests and for applications.</summary>
public static class WorkflowExtensions
{
    /// <summary>Runs a workflow to its output.</summary>
    /// <example><code>
    /// var greeting = await new HelloOrkestra().RunAsync();
    /// </code></example>
    /// <param name="workflow">The workflow.</param>
    /// <param name="options">Services, clock and more; defaults when null. <see cref="OrkestraOptions.SkippingTime"/> takes no real time for waits.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="WorkflowFailedException">The run ended without an output; the inner exception is what the step threw.</exception>
    /// <exception cref="WorkflowException">The workflow cannot be compiled.</exception>
    // An execution that is started without an input has this one, here and in the cloud.
    public static Task<TOut> RunAsync<TOut>(this Workflow<Nothing, TOut> workflow, OrkestraOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync<TOut>(workflow, JsonObject.Empty, options, cancellationToken);

    /// <summary>Runs a workflow with an input to its output.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">Services, clock and more; defaults when null. <see cref="OrkestraOptions.SkippingTime"/> takes no real time for waits.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="WorkflowFailedException">The run ended without an output; the inner exception is what the step threw.</exception>
    /// <exception cref="WorkflowException">The workflow cannot be compiled.</exception>
    public static Task<TOut> RunAsync<TIn, TOut>(
        this Workflow<TIn, TOut> workflow, TIn input, OrkestraOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return RunAsync<TOut>(workflow, workflow.Compile().Serializer.Serialize(input), options, cancellationToken);
    }

    /// <summary>Runs a workflow to its end, whatever that is.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="input">The input as JSON; <c>{}</c> when null.</param>
    /// <param name="options">Services, clock and more; defaults when null.</param>
    /// <param name="execution">Name, events and more of this run; defaults when null.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>How it ended, with its history. A run that fails is a result too.</returns>
    /// <exception cref="WorkflowException">The workflow cannot be compiled.</exception>
    public static Task<WorkflowResult> ExecuteAsync(
        this Workflow workflow, JsonValue? input = null, OrkestraOptions? options = null, ExecutionOptions? execution = null, CancellationToken cancellationToken = default) =>
        new WorkflowRunner(workflow, options).RunAsync(input ?? JsonObject.Empty, execution, cancellationToken);

    static async Task<TOut> RunAsync<TOut>(Workflow workflow, JsonValue input, OrkestraOptions? options, CancellationToken cancellationToken)
    {
        var result = await workflow.ExecuteAsync(input, options, null, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return result.IsSuccess ? result.Definition.Serializer.Deserialize<TOut>(result.Output!) : throw result.ToException();
    }
}
