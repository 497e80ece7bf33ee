using System.Collections.Concurrent;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Authoring.Compilation;
using Orkestra.Engine;
using Orkestra.Hosting.Service;

namespace Orkestra.Hosting;

/// <summary>The state machines a runtime can start by ARN. Safe to use from any thread.</summary>
public sealed class StateMachineRegistry
{
    readonly ConcurrentDictionary<string, RegisteredStateMachine> machines = new(StringComparer.Ordinal);
    int changes;

    internal StateMachineRegistry()
    {
    }

    /// <summary>The registered state machines.</summary>
    public IReadOnlyCollection<RegisteredStateMachine> All => [.. machines.Values];

    /// <summary>
    /// Finds the state machine for an ARN that is not its own: that of a version or an alias, such as <c>StepFunctionsService</c> of Orkestra.Local knows them. Null (the default) when only state machines are known. It is
    /// called from any thread, and gives null for an ARN it does not know.
    /// </summary>
    public Func<string, RegisteredStateMachine?>? FindQualified { get; set; }

    /// <summary>How often a state machine was added.</summary>
    public int Changes => Volatile.Read(ref changes);

    internal bool IsEmpty => machines.IsEmpty;

    /// <summary>Registers a state machine, and replaces one with the same ARN. Executions that run keep the definition they were started with.</summary>
    /// <param name="machine">The state machine.</param>
    /// <exception cref="ArgumentException">
    /// The name does not have 1 to 80 characters, or contains white space, a control character, or one of <c>&lt; &gt; { } [ ] ? * " # % \ ^ | ~ ` $ &amp; , ; : /</c>.
    /// </exception>
    public void Add(RegisteredStateMachine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        if (!Names.IsValid(machine.Identity.Name)) throw new ArgumentException($"'{machine.Identity.Name}' is not a valid name of a state machine.", nameof(machine));
        machines[machine.Arn] = machine;
        Interlocked.Increment(ref changes);
    }

    /// <summary>Registers a compiled document.</summary>
    /// <param name="name">The state machine's name; account and region are those of <see cref="MachineIdentity"/>.</param>
    /// <param name="plan">The document.</param>
    /// <param name="type">Standard (the default) or Express.</param>
    /// <param name="invoker">Handles the tasks of its executions; the runtime's own invoker when null.</param>
    /// <returns>The registered state machine, whose <see cref="RegisteredStateMachine.Arn"/> tasks may name.</returns>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    public RegisteredStateMachine Add(string name, ExecutionPlan plan, StateMachineType type = StateMachineType.Standard, ITaskInvoker? invoker = null)
    {
        var machine = new RegisteredStateMachine { Plan = plan, Type = type, Identity = new MachineIdentity { Name = name }, Invoker = invoker };
        Add(machine);
        return machine;
    }

    /// <summary>
    /// Registers a workflow under its own name, whose steps run in this process, and the workflows that it starts, unless their names are registered already. It replaces a state
    /// machine with the same name.
    /// </summary>
    /// <param name="definition">The compiled workflow.</param>
    /// <param name="options">Services, clock and limits of the steps; defaults when null.</param>
    /// <returns>The registered state machine of the workflow.</returns>
    /// <exception cref="WorkflowException">A workflow that it starts cannot be compiled.</exception>
    public RegisteredStateMachine Add(WorkflowDefinition definition, OrkestraOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        options ??= OrkestraOptions.Default;
        var machine = Add(definition.Workflow.Name, ExecutionPlan.Compile(definition.Document), invoker: new StepInvoker(definition, options));
        NestedMachines.Register(this, definition, options);
        return machine;
    }

    /// <summary>Removes a state machine. Its executions go on.</summary>
    /// <param name="arn">Its ARN.</param>
    /// <returns>Whether it was registered.</returns>
    public bool Remove(string arn) => machines.TryRemove(arn, out _);

    /// <summary>The state machine with an ARN, with the ARN of one of its versions or aliases, or with a name; null when none is registered.</summary>
    /// <param name="stateMachine">The ARN or the name.</param>
    public RegisteredStateMachine? Find(string stateMachine)
    {
        ArgumentNullException.ThrowIfNull(stateMachine);
        if (machines.TryGetValue(stateMachine, out var machine)) return machine;
        if (FindQualified is { } find && stateMachine.StartsWith("arn:", StringComparison.Ordinal)) return find(stateMachine);
        // An authored document names other workflows as their deployment will: ${Billing}.
        if (stateMachine.StartsWith("${", StringComparison.Ordinal) && stateMachine.EndsWith('}'))
            return machines.Values.FirstOrDefault(known => NestedWorkflows.Substitution(known.Identity.Name) == stateMachine[2..^1]);
        // arn:partition:states:region:account:stateMachine:name:qualifier
        var parts = stateMachine.Split(':');
        return parts.Length switch
        {
            8 => machines.GetValueOrDefault(string.Join(':', parts[..7])),
            1 => machines.Values.FirstOrDefault(known => known.Identity.Name == stateMachine),
            _ => null,
        };
    }
}
