using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
using Orkestra.Client.Connections;
using Orkestra.Expressions.Data;

namespace Orkestra.Extensions.Hosting.Workers;

/// <summary>
/// What a worker does: the steps with <see cref="StepHost.Worker"/> of its workflows. Configure it before the host is built. Not safe for use from several threads.
/// </summary>
public sealed class WorkerBuilder
{
    const string Variable = "ORKESTRA_ACTIVITIES";

    readonly List<Func<IServiceProvider, Workflow>> workflows = [];
    Func<IServiceProvider, WorkflowConnection>? connection;

    internal WorkerBuilder()
    {
    }

    /// <summary>
    /// The ARNs of activities by the names of their steps. By default those of the environment variable <c>ORKESTRA_ACTIVITIES</c> (<c>WorkflowStateMachine.WorkerActivities</c> of the CDK
    /// package); a step that has none in it has the activity <c>Workflow-Step</c> of the same account and region as others do, found by its name.
    /// </summary>
    public IDictionary<string, string> Activities { get; } = Read(Environment.GetEnvironmentVariable(Variable));

    /// <summary>How many calls of one step this worker does at the same time; the number of processors by default.</summary>
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>The worker's name, which the history of executions shows; the name of the machine by default.</summary>
    public string Name { get; set; } = Environment.MachineName;

    /// <summary>The clock of heartbeats, deadlines and pauses; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Adds a workflow; it is taken from the container, or created with services of it.</summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    public WorkerBuilder AddWorkflow<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TWorkflow>()
        where TWorkflow : Workflow
    {
        workflows.Add(static services => ActivatorUtilities.GetServiceOrCreateInstance<TWorkflow>(services));
        return this;
    }

    /// <summary>Adds a workflow.</summary>
    /// <param name="workflow">The workflow.</param>
    public WorkerBuilder AddWorkflow(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        workflows.Add(_ => workflow);
        return this;
    }

    /// <summary>Works for an endpoint such as <c>orkestra local</c>, instead of for AWS.</summary>
    /// <param name="endpoint">The address, such as <c>http://127.0.0.1:8083</c>.</param>
    /// <param name="token">The secret of an endpoint that was started with one; null, the default, for none.</param>
    public WorkerBuilder UseEndpoint(Uri endpoint, string? token = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        connection = _ => WorkflowConnection.ToEndpoint(endpoint, token, TimeProvider);
        return this;
    }

    /// <summary>Works for AWS Step Functions, which is the default.</summary>
    /// <param name="options">Region, credentials and address; found as AWS SDKs find them when null.</param>
    public WorkerBuilder UseAws(AwsConnectionOptions? options = null)
    {
        connection = _ => WorkflowConnection.ToAws(options);
        return this;
    }

    internal WorkflowConnection Connect(IServiceProvider services) => connection?.Invoke(services) ?? WorkflowConnection.ToAws();

    /// <exception cref="InvalidOperationException">There is nothing to do, or <see cref="MaxConcurrency"/> is not positive.</exception>
    internal IReadOnlyList<WorkerStep> Steps(IServiceProvider services)
    {
        if (MaxConcurrency < 1) throw new InvalidOperationException($"{nameof(MaxConcurrency)} of the worker is {MaxConcurrency}: choose 1 or more.");
        List<WorkerStep> steps = [];
        foreach (var workflow in workflows.Select(make => make(services)))
        {
            var definition = workflow.Compile();
            steps.AddRange(definition.Steps.Where(step => step.Value.Host == StepHost.Worker)
                .Select(step => new WorkerStep(step.Value, definition, $"{workflow.Name}-{step.Key}", Activities.TryGetValue(step.Key, out var arn) ? arn : null)));
        }

        return steps.Count > 0 ? steps : throw new InvalidOperationException("The worker has no step to do: add a workflow with AddWorkflow, and set Host = StepHost.Worker on a step of it.");
    }

    static Dictionary<string, string> Read(string? json)
    {
        if (string.IsNullOrEmpty(json)) return new(StringComparer.Ordinal);
        try
        {
            return ((JsonObject)JsonValue.Parse(json)).ToDictionary(activity => activity.Key, activity => ((JsonString)activity.Value).Value, StringComparer.Ordinal);
        }
        catch (Exception problem) when (problem is JsonFormatException or InvalidCastException)
        {
            throw new InvalidOperationException($"{Variable} is not a JSON object with the ARN of the activity of each step: {problem.Message}", problem);
        }
    }
}

/// <summary>A step that a worker does.</summary>
/// <param name="Step">The step.</param>
/// <param name="Definition">The workflow it belongs to.</param>
/// <param name="ActivityName">The name of its activity.</param>
/// <param name="ActivityArn">The ARN of its activity; null when it has to be found by its name.</param>
internal sealed record WorkerStep(IStep Step, WorkflowDefinition Definition, string ActivityName, string? ActivityArn);
