using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Client;
using Orkestra.Client.Connections;
using Orkestra.Engine;
using Orkestra.Hosting;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting;

/// <summary>
/// What the <see cref="OrkestraRuntime"/> of a host runs, and how. Configure it before the host is built: the runtime takes it over when it is first asked for, and later changes
/// throw. Not safe for use from several threads.
/// </summary>
public sealed class OrkestraBuilder
{
    readonly List<Action<OrkestraRuntime, IServiceProvider>> registrations = [];
    readonly Dictionary<Type, string> stateMachineArns = [];
    readonly Dictionary<string, Workflow> names = new(StringComparer.Ordinal);
    readonly List<Func<IServiceProvider, Workflow>> workflows = [];
    OrkestraOptions options = new();
    Func<IServiceProvider, IExecutionStore>? store;
    Func<IServiceProvider, ITaskInvoker>? invoker;
    Func<IServiceProvider, WorkflowConnection>? connection;
    bool resumesAtStart = true;
    bool isBuilt;

    internal OrkestraBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services of the host, for extensions that add to them.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// The clock, the limits and more of the runtime; the defaults of <see cref="OrkestraOptions"/> at first. <see cref="OrkestraOptions.Services"/> becomes the
    /// host's container unless it is set. The runtime gets a copy.
    /// </summary>
    /// <exception cref="InvalidOperationException">The runtime exists already, and the options are replaced.</exception>
    public OrkestraOptions Options
    {
        get => options;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfBuilt();
            options = value;
        }
    }

    /// <summary>
    /// Whether stored executions that have not ended resume when the host starts; true by default. It has no effect without a store. When false, call
    /// <see cref="OrkestraRuntime.ResumeAllAsync"/> or <see cref="OrkestraRuntime.ResumeAsync"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The runtime exists already, and the value is set.</exception>
    public bool ResumeAtStart
    {
        get => resumesAtStart;
        set
        {
            ThrowIfBuilt();
            resumesAtStart = value;
        }
    }

    /// <summary>
    /// Adds a workflow, made by the host's container: its constructor may take services. It is compiled when the host starts. Its <see cref="IWorkflowClient{TWorkflow}"/> becomes
    /// a service, too.
    /// </summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder AddWorkflow<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TWorkflow>()
        where TWorkflow : Workflow
    {
        var made = new Lock();
        TWorkflow? workflow = null;
        return AddWorkflow(services =>
        {
            // The runtime and the client have the same workflow, which is compiled once.
            lock (made) return workflow ??= ActivatorUtilities.GetServiceOrCreateInstance<TWorkflow>(services);
        });
    }

    /// <summary>Adds a workflow. It is compiled when the host starts. Its <see cref="IWorkflowClient{TWorkflow}"/> becomes a service, too.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder AddWorkflow<TWorkflow>(TWorkflow workflow)
        where TWorkflow : Workflow
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return AddWorkflow(_ => workflow);
    }

    /// <summary>
    /// Has clients use a connection instead of a runtime of this process, which then runs nothing: the workflows that are added run where the connection leads.
    /// </summary>
    /// <param name="factory">Makes the connection, which the container disposes of; called once, when a client or the host needs it.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder UseConnection(Func<IServiceProvider, WorkflowConnection> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ThrowIfBuilt();
        connection = factory;
        return this;
    }

    /// <summary>Has clients start and follow executions at a Step Functions endpoint, such as <c>orkestra local</c>, where the workflows are deployed.</summary>
    /// <param name="endpoint">The address, such as <c>http://127.0.0.1:8083</c>.</param>
    /// <param name="token">The secret of an endpoint that was started with one; null, the default, for none.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder UseEndpoint(Uri endpoint, string? token = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return UseConnection(_ => WorkflowConnection.ToEndpoint(endpoint, token, Options.TimeProvider));
    }

    /// <summary>Has clients start and follow executions on AWS Step Functions, where the workflows are deployed.</summary>
    /// <param name="region">The region; found as AWS SDKs find it when null, the default.</param>
    /// <param name="configure">Changes how AWS is reached.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder UseAws(string? region = null, Action<AwsConnectionOptions>? configure = null) => UseConnection(_ =>
    {
        var aws = new AwsConnectionOptions { Region = region, TimeProvider = Options.TimeProvider };
        configure?.Invoke(aws);
        return WorkflowConnection.ToAws(aws);
    });

    /// <summary>
    /// Chooses by a text, such as one of the configuration, where executions run: <c>embedded</c> (or null or an empty text) in this process, <c>aws</c> or <c>aws:REGION</c> on
    /// AWS, and an address such as <c>http://127.0.0.1:8083</c> at that endpoint.
    /// </summary>
    /// <param name="place">The text.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder UsePlace(string? place)
    {
        ThrowIfBuilt();
        switch (place)
        {
            case null or "" or "embedded":
                connection = null;
                return this;
            case "aws": return UseAws();
            case var _ when place.StartsWith("aws:", StringComparison.Ordinal): return UseAws(place[4..]);
            case var _ when Uri.TryCreate(place, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https": return UseEndpoint(endpoint);
            default: throw new FormatException($"'{place}' is not a place where executions run. Use 'embedded', 'aws', 'aws:REGION', or an address such as http://127.0.0.1:8083.");
        }
    }

    /// <summary>
    /// Names the state machine of a workflow for its client: by the ARN of the state machine, of a version or of an alias. Without it, the client looks up the state machine with
    /// the workflow's name.
    /// </summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <param name="arn">The ARN.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder UseStateMachine<TWorkflow>(string arn)
        where TWorkflow : Workflow
    {
        ArgumentNullException.ThrowIfNull(arn);
        ThrowIfBuilt();
        stateMachineArns[typeof(TWorkflow)] = arn;
        return this;
    }

    /// <summary>Adds a state machine.</summary>
    /// <param name="machine">The state machine. One that is added later with the same ARN replaces it.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder AddStateMachine(RegisteredStateMachine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return Add((runtime, _) => runtime.StateMachines.Add(machine));
    }

    /// <summary>Adds a document.</summary>
    /// <param name="name">The state machine's name; account and region are those of <see cref="MachineIdentity"/>.</param>
    /// <param name="definition">The document. It is compiled when the host starts.</param>
    /// <param name="invoker">Handles the tasks of its executions; the invoker of <see cref="UseInvoker"/> when null.</param>
    /// <param name="type">Standard (the default) or Express.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder AddStateMachine(string name, StateMachine definition, ITaskInvoker? invoker = null, StateMachineType type = StateMachineType.Standard)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(definition);
        return Add((runtime, _) => runtime.StateMachines.Add(name, ExecutionPlan.Compile(definition), type, invoker));
    }

    /// <summary>
    /// Keeps executions in a store, so that they go on after a restart. It takes the place of <see cref="OrkestraOptions.Store"/>, and the caller still owns it.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder UseStore(IExecutionStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return UseStore(_ => store);
    }

    /// <summary>
    /// Keeps executions in a store of the host's container, so that they go on after a restart. It takes the place of <see cref="OrkestraOptions.Store"/>. A store that the
    /// factory makes itself is not disposed: register it with the container, and ask for it here.
    /// </summary>
    /// <param name="factory">Finds the store in the host's container; called once, when the host starts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder UseStore(Func<IServiceProvider, IExecutionStore> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ThrowIfBuilt();
        store = factory;
        return this;
    }

    /// <summary>Sets the invoker of state machines that have none of their own. Workflows call their own steps.</summary>
    /// <param name="factory">Finds the invoker in the host's container; called once, when the host starts.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder UseInvoker(Func<IServiceProvider, ITaskInvoker> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        ThrowIfBuilt();
        invoker = factory;
        return this;
    }

    /// <summary>Whether executions run elsewhere.</summary>
    internal bool IsRemote => connection is not null;

    internal bool HasStore => store is not null || options.Store is not null;

    internal OrkestraRuntime Build(IServiceProvider services)
    {
        var kept = store?.Invoke(services) ?? options.Store;
        var copy = options with { Services = options.Services ?? services, Store = kept, StepLogs = options.StepLogs ?? kept as IStepLogStore ?? new InMemoryStepLogStore(), Telemetry = true };
        var runtime = new OrkestraRuntime(invoker?.Invoke(services), copy);
        foreach (var register in registrations) register(runtime, services);
        isBuilt = true;
        return runtime;
    }

    /// <summary>The connection of the host's clients.</summary>
    internal WorkflowConnection Connect(IServiceProvider services)
    {
        isBuilt = true;
        return connection?.Invoke(services) ?? WorkflowConnection.ToRuntime(services.GetRequiredService<OrkestraRuntime>());
    }

    /// <exception cref="WorkflowException">A workflow cannot be compiled.</exception>
    internal void CompileAll(IServiceProvider services)
    {
        foreach (var workflow in workflows) workflow(services).Compile();
    }

    OrkestraBuilder AddWorkflow<TWorkflow>(Func<IServiceProvider, TWorkflow> workflow)
        where TWorkflow : Workflow
    {
        Add((runtime, services) => Register(runtime, workflow(services)));
        workflows.Add(workflow);
        Services.AddSingleton<IWorkflowClient<TWorkflow>>(services =>
            new WorkflowClient<TWorkflow>(workflow(services), services.GetRequiredService<WorkflowConnection>(), stateMachineArns.GetValueOrDefault(typeof(TWorkflow))));
        return this;
    }

    // A runtime keeps one state machine of a name, and the clients of both would start it.
    void Register(OrkestraRuntime runtime, Workflow workflow)
    {
        if (!names.TryAdd(workflow.Name, workflow) && names[workflow.Name] is var other)
        {
            if (other.GetType() != workflow.GetType())
                throw new InvalidOperationException($"The workflows {other.GetType().FullName} and {workflow.GetType().FullName} both have the name '{workflow.Name}': override Name in one of them.");
            if (other.Compile().Document != workflow.Compile().Document)
                throw new InvalidOperationException($"Two different workflows of the class {workflow.GetType().FullName} have the name '{workflow.Name}': override Name so that it differs, too.");
        }

        runtime.Register(workflow);
    }

    OrkestraBuilder Add(Action<OrkestraRuntime, IServiceProvider> registration)
    {
        ThrowIfBuilt();
        registrations.Add(registration);
        return this;
    }

    void ThrowIfBuilt()
    {
        if (isBuilt) throw new InvalidOperationException($"The runtime exists already. Configure it with {nameof(OrkestraServices.AddOrkestra)} before the host is built, or use the {nameof(OrkestraRuntime)} itself.");
    }
}
