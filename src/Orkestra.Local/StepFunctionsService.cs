using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Local.Actions;
using Orkestra.Local.Catalog;
using Orkestra.Local.Requests;

namespace Orkestra.Local;

/// <summary>
/// A Step Functions service over a runtime: all actions of the AWS API, each with JSON in and JSON out, in the service's shapes and with its errors
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html). Timestamps are seconds since 1970. State machines that the program registers with the
/// runtime and those that callers create are one set. Changes are stored before they are answered. Safe to use from any thread.
/// </summary>
/// <example><code>
/// await using var runtime = new OrkestraRuntime();
/// using var service = new StepFunctionsService(runtime);
/// await service.OpenAsync();
/// var list = await service.CallAsync("ListStateMachines", JsonObject.Empty);
/// </code></example>
public sealed class StepFunctionsService : IDisposable
{
    readonly OrkestraRuntime runtime;
    readonly ServiceCatalog catalog;
    readonly MachineRegistrar registrar;
    readonly StateMachineActions machines;
    readonly VersionActions versions;
    readonly AliasActions aliases;
    readonly ActivityActions activities;
    readonly TagActions tags;
    readonly DefinitionActions definitions;
    readonly RedriveActions redrives;
    readonly ToolActions tools;
    readonly SemaphoreSlim opening = new(1);
    volatile bool isOpen;

    /// <summary>Creates the service of a runtime. A runtime has at most one.</summary>
    /// <param name="runtime">The runtime, which the caller owns.</param>
    /// <param name="options">How it appears, and where it keeps what it knows; defaults when null.</param>
    /// <exception cref="InvalidOperationException">The runtime has a service already.</exception>
    public StepFunctionsService(OrkestraRuntime runtime, StepFunctionsOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        options = options is null ? new StepFunctionsOptions() : options with { };
        if (runtime.StateMachines.FindQualified is not null) throw new InvalidOperationException("The runtime has a service already. Use that one, or another runtime.");
        this.runtime = runtime;
        catalog = new ServiceCatalog(options.Catalog);
        registrar = new MachineRegistrar(runtime, options, catalog);
        runtime.StateMachines.FindQualified = registrar.Resolve;
        machines = new StateMachineActions(runtime, options, catalog, registrar);
        versions = new VersionActions(runtime, catalog);
        aliases = new AliasActions(runtime, catalog);
        activities = new ActivityActions(runtime, options, catalog);
        tags = new TagActions(catalog);
        definitions = new DefinitionActions(runtime, options);
        redrives = new RedriveActions(runtime);
        tools = new ToolActions(runtime);
    }

    /// <summary>The names of the actions, such as <c>StartExecution</c>: all that the AWS API has.</summary>
    public static IReadOnlyCollection<string> Actions => RequestShapes.Actions;

    /// <summary>
    /// Reads what is stored and registers the stored state machines and activities with the runtime. Call it before stored executions are resumed
    /// (<see cref="OrkestraRuntime.ResumeAllAsync"/>), so that they find their state machines; without it the first call of an action does so.
    /// </summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FormatException">What is stored cannot be read by this version.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken = default)
    {
        if (isOpen) return;
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (isOpen) return;
            await catalog.OpenAsync(cancellationToken).ConfigureAwait(false);
            var state = catalog.State;
            foreach (var activity in state.Activities.Keys) runtime.Activities.Create(activity);
            // What the program registered comes first.
            await registrar.AdoptAsync().ConfigureAwait(false);
            foreach (var machine in state.Machines.Values)
            {
                if (runtime.StateMachines.Find(machine.Arn) is null) registrar.Register(machine);
            }

            isOpen = true;
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>Answers a request.</summary>
    /// <param name="action">The action's name; one of <see cref="Actions"/>.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends a call that only waits, such as GetActivityTask. A change that has begun is completed.</param>
    /// <returns>The response.</returns>
    /// <exception cref="ServiceException">The service refuses the request: <see cref="ServiceException.Code"/> says why, in AWS's words.</exception>
    /// <exception cref="Hosting.Storage.ExecutionStoreException">The store failed: nothing that the request asks for is known to have happened.</exception>
    public async Task<JsonObject> CallAsync(string action, JsonObject request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(request);
        if (!RequestShapes.Actions.Contains(action)) throw new ServiceException("UnknownOperationException", $"The service has no action '{action}'");
        RequestShapes.Check(action, request);
        if (!isOpen) await OpenAsync(cancellationToken).ConfigureAwait(false);
        await registrar.AdoptAsync().ConfigureAwait(false);
        return action switch
        {
            "CreateStateMachine" => await machines.CreateAsync(request).ConfigureAwait(false),
            "DescribeStateMachine" => machines.Describe(request),
            "DescribeStateMachineForExecution" => await machines.DescribeForExecutionAsync(request).ConfigureAwait(false),
            "UpdateStateMachine" => await machines.UpdateAsync(request).ConfigureAwait(false),
            "ListStateMachines" => machines.List(request),
            "DeleteStateMachine" => await machines.DeleteAsync(request).ConfigureAwait(false),
            "PublishStateMachineVersion" => await versions.PublishAsync(request).ConfigureAwait(false),
            "ListStateMachineVersions" => versions.List(request),
            "DeleteStateMachineVersion" => await versions.DeleteAsync(request).ConfigureAwait(false),
            "CreateStateMachineAlias" => await aliases.CreateAsync(request).ConfigureAwait(false),
            "DescribeStateMachineAlias" => aliases.Describe(request),
            "UpdateStateMachineAlias" => await aliases.UpdateAsync(request).ConfigureAwait(false),
            "ListStateMachineAliases" => aliases.List(request),
            "DeleteStateMachineAlias" => await aliases.DeleteAsync(request).ConfigureAwait(false),
            "CreateActivity" => await activities.CreateAsync(request).ConfigureAwait(false),
            "DescribeActivity" => activities.Describe(request),
            "ListActivities" => activities.List(request),
            "DeleteActivity" => await activities.DeleteAsync(request).ConfigureAwait(false),
            "GetActivityTask" => await activities.GetTaskAsync(request, cancellationToken).ConfigureAwait(false),
            "ListTagsForResource" => tags.List(request),
            "TagResource" => await tags.AddAsync(request).ConfigureAwait(false),
            "UntagResource" => await tags.RemoveAsync(request).ConfigureAwait(false),
            "TestState" => await definitions.TestAsync(request, cancellationToken).ConfigureAwait(false),
            "ValidateStateMachineDefinition" => DefinitionActions.Validate(request),
            "RedriveExecution" => await redrives.RedriveAsync(request).ConfigureAwait(false),
            _ => await runtime.Service.CallAsync(action, request, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Answers an action of the tool <c>orkestra</c> that AWS does not have.</summary>
    /// <param name="action"><c>RerunExecution</c> or <c>SkipWait</c>.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the opening of the service, which the first request waits for.</param>
    /// <returns>The answer.</returns>
    /// <exception cref="ServiceException">The service refuses the request.</exception>
    public async Task<JsonObject> CallToolAsync(string action, JsonObject request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(request);
        if (!isOpen) await OpenAsync(cancellationToken).ConfigureAwait(false);
        await registrar.AdoptAsync().ConfigureAwait(false);
        return await tools.CallAsync(action, request).ConfigureAwait(false);
    }

    /// <summary>Frees what the service holds. The runtime goes on.</summary>
    public void Dispose()
    {
        runtime.StateMachines.FindQualified = null;
        catalog.Dispose();
        opening.Dispose();
    }
}
