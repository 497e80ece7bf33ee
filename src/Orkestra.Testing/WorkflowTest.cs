using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>
/// A workflow, or an Amazon States Language document, made ready for a test. The real engine runs it in this process under a virtual clock, so that waits and retries take no real
/// time; no port, no container. Steps run as they are unless they are replaced. Each run is independent of every other: tests may run at the same time.
/// </summary>
/// <example><code>
/// var run = await new WorkflowTest(new Checkout())
///     .Throw&lt;CardDeclined&gt;(Checkout.Charge, attempts: 1..2)
///     .RunAsync(order);
/// run.ShouldSucceedWith("shipped");
/// run.ShouldAttempt(Checkout.Charge, times: 3);
/// </code></example>
public sealed class WorkflowTest
{
    readonly WorkflowDefinition? definition;
    readonly StateMachine document;
    readonly ExecutionPlan plan;
    readonly List<TaskRule> rules = [];
    readonly List<RegisteredStateMachine> machines = [];
    IServiceProvider? services;
    ITaskInvoker? fallback;

    /// <summary>A test of a workflow.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <exception cref="WorkflowException">The definition of the workflow is invalid.</exception>
    public WorkflowTest(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        definition = workflow.Compile();
        document = definition.Document;
        plan = ExecutionPlan.Compile(document);
    }

    /// <summary>A test of a document.</summary>
    /// <param name="document">The document.</param>
    /// <exception cref="InvalidStateMachineException">The document cannot run.</exception>
    public WorkflowTest(StateMachine document)
    {
        ArgumentNullException.ThrowIfNull(document);
        this.document = document;
        plan = ExecutionPlan.Compile(document);
    }

    /// <summary>A test of a document given as its JSON text.</summary>
    /// <param name="json">The document.</param>
    /// <exception cref="AslFormatException">The text is not such a document; the message names the line and the column.</exception>
    /// <exception cref="InvalidStateMachineException">The document cannot run.</exception>
    public static WorkflowTest OfAsl(string json) => new(AslReader.Parse(json));

    /// <summary>A test of the document in a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="AslFormatException">The file does not hold such a document; the message names the line and the column.</exception>
    /// <exception cref="InvalidStateMachineException">The document cannot run.</exception>
    public static WorkflowTest OfFile(string path) => OfAsl(File.ReadAllText(path));

    /// <summary>Gives steps the services they ask for.</summary>
    public WorkflowTest WithServices(IServiceProvider services)
    {
        this.services = services;
        return this;
    }

    /// <summary>Answers tasks that no other rule answers, before the workflow's own steps do; for a fake of a whole service.</summary>
    /// <param name="invoker">The invoker, such as one of a <see cref="Mocking.MockConfiguration"/>.</param>
    /// <exception cref="ArgumentException">It is one of a mock configuration that names a state which the document does not have.</exception>
    public WorkflowTest WithInvoker(ITaskInvoker invoker)
    {
        if (invoker is Mocking.MockInvoker mocks) TestSubject.Require(document, [.. mocks.States]);
        fallback = invoker;
        return this;
    }

    /// <summary>Makes a state machine known that tasks start (<c>states:startExecution</c> and its patterns, <c>aws-sdk:sfn</c>).</summary>
    /// <param name="name">Its name. Its ARN is <c>arn:aws:states:us-east-1:000000000000:stateMachine:NAME</c>.</param>
    /// <param name="document">The document.</param>
    /// <param name="type">Standard (the default) or Express.</param>
    /// <exception cref="InvalidStateMachineException">The document cannot run.</exception>
    public WorkflowTest WithStateMachine(string name, StateMachine document, StateMachineType type = StateMachineType.Standard)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(document);
        machines.Add(new RegisteredStateMachine { Plan = ExecutionPlan.Compile(document), Identity = new MachineIdentity { Name = name }, Type = type });
        return this;
    }

    /// <summary>Replaces a step's function, wherever the step is used. A state that waits for a callback still waits for it afterwards.</summary>
    /// <param name="step">The step.</param>
    /// <param name="replacement">What is done in its place.</param>
    /// <exception cref="ArgumentException">The workflow does not use the step.</exception>
    /// <exception cref="InvalidOperationException">The test is one of a document, which knows no steps.</exception>
    public WorkflowTest Replace<TIn, TOut>(Step<TIn, TOut> step, Func<TIn, TOut> replacement)
    {
        ArgumentNullException.ThrowIfNull(replacement);
        var serializer = TestSubject.Require(definition, step).Serializer;
        return Add(new TaskRule(step, null, AttemptRange.All, (_, payload) => TaskOutcome.Payload(serializer.Serialize(replacement(serializer.Deserialize<TIn>(payload))))));
    }

    /// <summary>Lets a step give this value instead of doing its work.</summary>
    /// <param name="step">The step.</param>
    /// <param name="value">Its result.</param>
    /// <exception cref="ArgumentException">The workflow does not use the step, or its state waits for a callback and reads no result of it.</exception>
    /// <exception cref="InvalidOperationException">The test is one of a document, which knows no steps.</exception>
    public WorkflowTest Return<TIn, TOut>(Step<TIn, TOut> step, TOut value)
    {
        TestSubject.RequireResult(definition, step);
        return Replace(step, _ => value);
    }

    /// <summary>Lets a step throw.</summary>
    /// <typeparam name="TException">The exception; it is made without arguments.</typeparam>
    /// <param name="step">The step.</param>
    /// <param name="attempts">
    /// On which attempts of a state, counted from 1; both ends count, so that <c>1..2</c> is the first and the second. All attempts when null.
    /// </param>
    public WorkflowTest Throw<TException>(IStep step, Range? attempts = null)
        where TException : Exception, new() => Throw(step, new TException(), attempts);

    /// <summary>Lets a step throw this exception.</summary>
    /// <param name="step">The step.</param>
    /// <param name="exception">The exception.</param>
    /// <param name="attempts">
    /// On which attempts of a state, counted from 1; both ends count, so that <c>1..2</c> is the first and the second. All attempts when null.
    /// </param>
    public WorkflowTest Throw(IStep step, Exception exception, Range? attempts = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        TestSubject.Require(definition, step);
        return Add(new TaskRule(step, null, new AttemptRange(attempts), (_, _) => TaskOutcome.FunctionError(exception)));
    }

    /// <summary>Answers the task of a state. The answer for a step must be one that the step can give: a value of its type, with its members and no others.</summary>
    /// <param name="state">The state's name.</param>
    /// <param name="result">The result. For <c>lambda:invoke</c> it is the function's payload, around which the engine puts what AWS answers.</param>
    /// <param name="attempts">On which attempts, counted from 1, both ends included; all when null.</param>
    /// <exception cref="ArgumentException">The document has no such state, it waits for a callback, or the result does not fit the type of its step.</exception>
    public WorkflowTest Answer(string state, JsonValue result, Range? attempts = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        TestSubject.RequireAnswerable(document, state);
        try
        {
            definition?.CheckOutput(state, result);
        }
        catch (PayloadException exception)
        {
            var step = definition!.StepsByState[state];
            throw new ArgumentException(
                $"The answer of the state '{state}' does not fit {step.OutputType.Name}, which the step '{step.Name}' gives: {exception.Message} To answer what the step would never give, use a function: Answer(\"{state}\", _ => …).",
                nameof(result),
                exception);
        }

        return Answer(state, _ => result, attempts);
    }

    /// <summary>Answers the task of a state by a function of what the task is given. Its result is taken as it is, so that a test can answer what the step would never give.</summary>
    /// <param name="state">The state's name.</param>
    /// <param name="answer">The result for what the task is given: its Parameters or Arguments; for <c>lambda:invoke</c> their payload.</param>
    /// <param name="attempts">On which attempts, counted from 1, both ends included; all when null.</param>
    /// <exception cref="ArgumentException">The document has no such state, or it waits for a callback.</exception>
    public WorkflowTest Answer(string state, Func<JsonValue, JsonValue> answer, Range? attempts = null)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Add(new TaskRule(null, TestSubject.RequireAnswerable(document, state), new AttemptRange(attempts), (_, payload) => TaskOutcome.Payload(answer(payload))));
    }

    /// <summary>Fails the task of a state.</summary>
    /// <param name="state">The state's name.</param>
    /// <param name="error">The error's name, which Retry and Catch look at.</param>
    /// <param name="cause">The error's cause; none when null.</param>
    /// <param name="attempts">On which attempts, counted from 1, both ends included; all when null.</param>
    public WorkflowTest Fail(string state, string error, string? cause = null, Range? attempts = null) =>
        Add(new TaskRule(null, TestSubject.Require(document, state), new AttemptRange(attempts), (_, _) => TaskOutcome.Failure(error, cause)));

    /// <summary>Runs with an input. Callbacks aren't answered: they time out, and for a state that waits without a timeout the test has to <see cref="Start(JsonValue?)"/>.</summary>
    /// <param name="input">The input; <c>{}</c> when null.</param>
    /// <exception cref="PayloadException">The input does not fit the workflow, as <see cref="Workflow.CheckInput"/> says.</exception>
    /// <exception cref="InvalidOperationException">The run can only go on by a callback.</exception>
    public async Task<TestRun> RunAsync(JsonValue? input = null) => await Start(input, answersCallbacks: false).EndWithoutCallbacksAsync().ConfigureAwait(false);

    /// <summary>Runs with an input that is serialized as the workflow's own payloads are. Callbacks aren't answered: they time out, and for a state that waits without a timeout the test has to <see cref="Start{T}(T)"/>.</summary>
    /// <param name="input">The input.</param>
    /// <exception cref="PayloadException">The input has no JSON form, or does not fit the workflow, as <see cref="Workflow.CheckInput"/> says.</exception>
    /// <exception cref="InvalidOperationException">The run can only go on by a callback.</exception>
    public async Task<TestRun> RunAsync<T>(T input) => await RunAsync(Serialize(input)).ConfigureAwait(false);

    /// <summary>Starts a run that a test completes by hand, because it waits for callbacks.</summary>
    /// <param name="input">The input; <c>{}</c> when null.</param>
    /// <exception cref="PayloadException">The input does not fit the workflow, as <see cref="Workflow.CheckInput"/> says.</exception>
    public StartedRun Start(JsonValue? input = null) => Start(input, answersCallbacks: true);

    /// <summary>Starts a run with an input that is serialized as the workflow's own payloads are.</summary>
    /// <param name="input">The input.</param>
    /// <exception cref="PayloadException">The input has no JSON form, or does not fit the workflow, as <see cref="Workflow.CheckInput"/> says.</exception>
    public StartedRun Start<T>(T input) => Start(Serialize(input));

    JsonValue Serialize<T>(T input) => (definition?.Serializer ?? PayloadSerializer.Default).Serialize(input);

    StartedRun Start(JsonValue? input, bool answersCallbacks)
    {
        input ??= JsonObject.Empty;
        definition?.Workflow.CheckInput(input);
        var clock = new SkippingTimeProvider();
        var steps = definition is null ? null : new StepInvoker(definition, new OrkestraOptions { Services = services, TimeProvider = clock });
        var tasks = new TestInvoker([.. rules], definition, fallback, steps, clock, services, answersCallbacks);
        return new StartedRun(document, definition, plan, tasks, machines, clock, input);
    }

    WorkflowTest Add(TaskRule rule)
    {
        rules.Add(rule);
        return this;
    }
}
