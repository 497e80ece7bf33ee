using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting;

/// <summary>
/// What the <see cref="OrkestraRuntime"/> of a host runs, and how. Configure it before the host is built: the runtime takes it over when it is first asked for, and later changes
/// throw. Not safe for use from several threads.
/// </summary>
public sealed class OrkestraBuilder
{
    readonly List<Action<OrkestraRuntime, IServiceProvider>> registrations = [];
    OrkestraOptions options = new();
    Func<IServiceProvider, IExecutionStore>? store;
    Func<IServiceProvider, ITaskInvoker>? invoker;
    bool resumesAtStart = true;
    bool isBuilt;

    internal OrkestraBuilder()
    {
    }

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

    /// <summary>Adds a workflow, made by the host's container: its constructor may take services. It is compiled when the host starts.</summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder AddWorkflow<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TWorkflow>()
        where TWorkflow : Workflow =>
        Add((runtime, services) => runtime.Register(ActivatorUtilities.GetServiceOrCreateInstance<TWorkflow>(services)));

    /// <summary>Adds a workflow. It is compiled when the host starts.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    public OrkestraBuilder AddWorkflow(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return Add((runtime, _) => runtime.Register(workflow));
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

    internal bool HasStore => store is not null || options.Store is not null;

    internal OrkestraRuntime Build(IServiceProvider services)
    {
        var copy = options with { Services = options.Services ?? services, Store = store?.Invoke(services) ?? options.Store };
        var runtime = new OrkestraRuntime(invoker?.Invoke(services), copy);
        foreach (var register in registrations) register(runtime, services);
        isBuilt = true;
        return runtime;
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
