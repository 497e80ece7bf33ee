using System.Collections.Concurrent;
using System.Text;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Validation;

namespace Orkestra.Hosting.Service;

/// <summary>
/// The part of the service's interface that deals with executions: state machines are made known to it, and it starts, describes and stops their executions as
/// the service does, with its names, refusals and shapes (https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html). Tasks that start
/// executions use it too. It may be used by many threads.
/// </summary>
public sealed partial class ExecutionService
{
    readonly ExecutionRunner runner;
    readonly ConcurrentDictionary<string, RegisteredStateMachine> machines = new(StringComparer.Ordinal);
    readonly Dictionary<string, ExecutionRun> executions = new(StringComparer.Ordinal);
    readonly Queue<string> order = new();
    readonly Lock gate = new();

    internal ExecutionService(ExecutionRunner runner) => this.runner = runner;

    /// <summary>How many executions are remembered; the oldest that have ended are forgotten first. 1,000 by default.</summary>
    public int KeptExecutions { get; set; } = 1_000;

    /// <summary>The state machines that are known.</summary>
    public IReadOnlyCollection<RegisteredStateMachine> StateMachines => [.. machines.Values];

    /// <summary>Makes a state machine known, in the place of one with the same ARN.</summary>
    /// <param name="machine">The state machine.</param>
    /// <exception cref="ServiceException"><c>InvalidName</c>: the name is not 1 to 80 characters, or has white space or one of <c>&lt; &gt; { } [ ] ? * " # % \ ^ | ~ ` $ &amp; , ; : /</c> in it.</exception>
    public void Add(RegisteredStateMachine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Names.Check(machine.Identity.Name);
        machines[machine.Arn] = machine;
    }

    /// <summary>Makes a state machine known.</summary>
    /// <param name="name">Its name; account and region are those of <see cref="MachineIdentity"/>.</param>
    /// <param name="plan">The document, made ready to run.</param>
    /// <param name="type">Standard (the default) or Express.</param>
    /// <returns>What was made known; its <see cref="RegisteredStateMachine.Arn"/> is what tasks name.</returns>
    public RegisteredStateMachine Add(string name, ExecutionPlan plan, StateMachineType type = StateMachineType.Standard)
    {
        var machine = new RegisteredStateMachine { Plan = plan, Type = type, Identity = new MachineIdentity { Name = name } };
        Add(machine);
        return machine;
    }

    /// <summary>Makes a state machine unknown. Its executions go on.</summary>
    /// <param name="arn">Its ARN.</param>
    /// <returns>Whether it was known.</returns>
    public bool Remove(string arn) => machines.TryRemove(arn, out _);

    /// <summary>The state machine with an ARN, or with the ARN of a version or an alias of it; null when there is none.</summary>
    /// <param name="arn">The ARN.</param>
    public RegisteredStateMachine? FindStateMachine(string arn)
    {
        ArgumentNullException.ThrowIfNull(arn);
        if (machines.TryGetValue(arn, out var machine)) return machine;
        // arn:partition:states:region:account:stateMachine:name:qualifier
        var parts = arn.Split(':');
        return parts.Length == 8 ? machines.GetValueOrDefault(string.Join(':', parts[..7])) : null;
    }

    /// <summary>An execution that was started here; null when there is none, or it was forgotten.</summary>
    /// <param name="arn">Its ARN.</param>
    public ExecutionHandle? FindExecution(string arn) => Find(arn) is { } run ? new ExecutionHandle(run, run.WhenEnded()) : null;

    /// <summary>Starts an execution.</summary>
    /// <param name="stateMachineArn">The state machine.</param>
    /// <param name="input">The input.</param>
    /// <param name="name">The execution's name; a UUID when null.</param>
    /// <exception cref="ServiceException">
    /// The service would refuse: <c>StateMachineDoesNotExist</c>, <c>InvalidArn</c>, <c>InvalidName</c>, <c>InvalidExecutionInput</c>, <c>ExecutionAlreadyExists</c>.
    /// </exception>
    public ExecutionHandle StartExecution(string stateMachineArn, JsonValue input, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        var run = Prepare(Machine(stateMachineArn), input, name, depth: 0, out var start);
        var ended = run.WhenEnded();
        if (start is not null) Begin(run, start);
        return new ExecutionHandle(run, ended);
    }

    internal ExecutionRun? Find(string arn)
    {
        lock (gate) return executions.GetValueOrDefault(arn);
    }

    internal RegisteredStateMachine Machine(string arn)
    {
        if (FindStateMachine(arn) is { } machine) return machine;
        if (!arn.StartsWith("arn:", StringComparison.Ordinal)) throw new ServiceException("InvalidArn", $"Invalid Arn: 'Invalid ARN prefix: {arn}'");
        throw new ServiceException("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}'");
    }

    /// <summary>Makes a run ready, or finds the one that has the name and the input already.</summary>
    /// <param name="machine">The state machine.</param>
    /// <param name="input">The input.</param>
    /// <param name="name">The name; a UUID when null.</param>
    /// <param name="depth">How many executions wait for it.</param>
    /// <param name="start">What to begin with; null when it has begun.</param>
    internal ExecutionRun Prepare(RegisteredStateMachine machine, JsonValue input, string? name, int depth, out ExecutionStart? start)
    {
        if (name is not null) Names.Check(name);
        if (input.Utf8Length > machine.Quotas.MaxPayloadBytes)
            throw new ServiceException("ValidationException", $"1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to {machine.Quotas.MaxPayloadBytes}");
        var options = new ExecutionOptions { Name = name, Type = machine.Type, Machine = machine.Identity, Quotas = machine.Quotas, Logging = machine.Logging };
        if (input.Depth > Execution.MaxDepth)
            throw new ServiceException("InvalidExecutionInput", $"Invalid State Machine Execution Input: 'The input nests {input.Depth} levels deep; the limit is {Execution.MaxDepth}.'");
        var begun = runner.StartOf(input, options);
        var arn = Execution.ArnOf(begun);
        lock (gate)
        {
            if (executions.TryGetValue(arn, out var known))
            {
                // A name is used once; asking again for an execution that runs changes nothing.
                if (known.Execution.Status != ExecutionStatus.Running || known.Execution.Start.Input != input)
                    throw new ServiceException("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");
                start = null;
                return known;
            }

            var run = new ExecutionRun(runner, machine.Plan, options) { Depth = depth };
            run.Execution.Announce(begun, runner.UtcTicks);
            Remember(arn, run);
            start = begun;
            return run;
        }
    }

    /// <summary>Runs on a thread of the pool: an execution does not keep waiting whoever starts it, and a machine that starts itself needs no deep stack.</summary>
    internal void Begin(ExecutionRun run, ExecutionStart start)
    {
        var clock = runner.Clock as SkippingTimeProvider;
        clock?.Enter();
        _ = Task.Run(() =>
        {
            _ = run.RunAsync(start, CancellationToken.None).AsTask();
            clock?.LeaveAndSkip();
        });
    }

    internal void Remember(string arn, ExecutionRun run)
    {
        lock (gate)
        {
            executions[arn] = run;
            order.Enqueue(arn);
            // A few looks each time, so that many that run cost no more than few.
            for (var looks = Math.Min(order.Count, 16); executions.Count > KeptExecutions && looks > 0; looks--)
            {
                var oldest = order.Dequeue();
                if (executions.TryGetValue(oldest, out var old) && old.Execution.Status == ExecutionStatus.Running) order.Enqueue(oldest);
                else executions.Remove(oldest);
            }
        }
    }

    /// <summary>The input of a request, JSON as text.</summary>
    internal static JsonValue InputOf(string? text)
    {
        if (text is null) return JsonObject.Empty;
        if (text.Length == 0) throw new ServiceException("InvalidExecutionInput", "Invalid State Machine Execution Input: 'Invalid execution input.'");
        try
        {
            return JsonValue.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonFormatException)
        {
            throw new ServiceException("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{JsonProblem.Describe(text).Message}'");
        }
    }
}
