using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>A run that ended, and what a test may say of it. Every assertion gives the run back, and throws a <see cref="WorkflowAssertionException"/> that draws the run when it does not hold.</summary>
public sealed class TestRun
{
    readonly StateMachine document;
    readonly WorkflowDefinition? definition;

    internal TestRun(StateMachine document, WorkflowDefinition? definition, ExecutionResult result)
    {
        this.document = document;
        this.definition = definition;
        Result = result;
        Path = [.. result.History.Where(IsEntry).Select(happened => happened.StateName!)];
    }

    /// <summary>The execution with its history.</summary>
    public ExecutionResult Result { get; }

    /// <summary>How it ended.</summary>
    public ExecutionStatus Status => Result.Status;

    /// <summary>The output; null unless it succeeded.</summary>
    public JsonValue? Output => Result.Output;

    /// <summary>The error it failed with; null when it succeeded, and when the error has no name.</summary>
    public string? Error => Result.Error;

    /// <summary>The states in the order in which they were entered, those of branches and iterations among them.</summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary>How long the run took on the virtual clock.</summary>
    public TimeSpan Elapsed => Result.StopTime - Result.StartTime;

    /// <summary>The output as a value of the workflow.</summary>
    /// <exception cref="WorkflowAssertionException">The run did not succeed.</exception>
    /// <exception cref="PayloadException">The output does not fit the type.</exception>
    public T OutputAs<T>()
    {
        ShouldSucceed();
        return (definition?.Serializer ?? PayloadSerializer.Default).Deserialize<T>(Output!);
    }

    /// <summary>How many attempts a state made, all its entries and iterations together.</summary>
    /// <param name="state">The state's name.</param>
    /// <exception cref="ArgumentException">The document has no such state.</exception>
    public int AttemptsOf(string state) => AttemptsIn(TestSubject.Require(document, state));

    /// <summary>How many attempts a step made, in all states that call it.</summary>
    /// <param name="step">The step.</param>
    /// <exception cref="ArgumentException">The workflow does not use the step.</exception>
    /// <exception cref="InvalidOperationException">The test is one of a document, which knows no steps.</exception>
    public int AttemptsOf(IStep step) =>
        TestSubject.Require(definition, step).StepsByState.Where(pair => ReferenceEquals(pair.Value, step)).Sum(pair => AttemptsIn(pair.Key));

    /// <summary>The run succeeded.</summary>
    public TestRun ShouldSucceed() => Check(Result.IsSuccess, "The run should succeed");

    /// <summary>The run succeeded with this output, compared as JSON.</summary>
    /// <param name="output">The output.</param>
    public TestRun ShouldSucceedWith(JsonValue output)
    {
        ShouldSucceed();
        return Check(Output == output, $"The output should be {output.ToJson()} but is {Output?.ToJson()}");
    }

    /// <summary>The run failed.</summary>
    /// <param name="error">With this error; any when null.</param>
    public TestRun ShouldFail(string? error = null) => Check(
        Status == ExecutionStatus.Failed && (error is null || Error == error), error is null ? "The run should fail" : $"The run should fail with {error}");

    /// <summary>The run failed with an error named after an exception.</summary>
    /// <typeparam name="TException">The exception.</typeparam>
    public TestRun ShouldFail<TException>()
        where TException : Exception => ShouldFail(typeof(TException).Name);

    /// <summary>The run entered these states in this order, and no others. Give the states of one branch after the other only where nothing runs at the same time.</summary>
    /// <param name="states">The states' names.</param>
    /// <exception cref="ArgumentException">The document has no such state.</exception>
    public TestRun ShouldTake(params string[] states) => Check(
        Path.SequenceEqual(TestSubject.Require(document, states)), $"The path should be {string.Join(" > ", states)} but is {string.Join(" > ", Path)}");

    /// <summary>The run entered these states, in any order and among others.</summary>
    /// <param name="states">The states' names.</param>
    /// <exception cref="ArgumentException">The document has no such state.</exception>
    public TestRun ShouldEnter(params string[] states) => Check(
        TestSubject.Require(document, states).All(state => Path.Contains(state)), $"The run should enter {string.Join(", ", states.Except(Path))}");

    /// <summary>The run did not enter these states.</summary>
    /// <param name="states">The states' names.</param>
    /// <exception cref="ArgumentException">The document has no such state.</exception>
    public TestRun ShouldNotEnter(params string[] states) => Check(
        !TestSubject.Require(document, states).Any(state => Path.Contains(state)), $"The run should not enter {string.Join(", ", states.Intersect(Path))}");

    /// <summary>A step was attempted this often, first attempts and retries together.</summary>
    /// <param name="step">The step.</param>
    /// <param name="times">How often.</param>
    /// <exception cref="ArgumentException">The workflow does not use the step.</exception>
    /// <exception cref="InvalidOperationException">The test is one of a document, which knows no steps.</exception>
    public TestRun ShouldAttempt(IStep step, int times)
    {
        var attempts = AttemptsOf(step);
        return Check(attempts == times, $"The step '{step.Name}' should be attempted {times} times but was {attempts} times");
    }

    /// <summary>A state was attempted this often, first attempts and retries together.</summary>
    /// <param name="state">The state's name.</param>
    /// <param name="times">How often.</param>
    /// <exception cref="ArgumentException">The document has no such state.</exception>
    public TestRun ShouldAttempt(string state, int times)
    {
        var attempts = AttemptsOf(state);
        return Check(attempts == times, $"The state '{state}' should be attempted {times} times but was {attempts} times");
    }

    /// <summary>The run took this long on the virtual clock.</summary>
    /// <param name="elapsed">How long.</param>
    /// <param name="tolerance">How far it may be off; a millisecond when null.</param>
    public TestRun ShouldElapse(TimeSpan elapsed, TimeSpan? tolerance = null) => Check(
        (Elapsed - elapsed).Duration() <= (tolerance ?? TimeSpan.FromMilliseconds(1)), $"The run should take {elapsed} but took {Elapsed}");

    /// <summary>The run as a small graph of text: each state, how it ended, and for a failure the state, its input and the error.</summary>
    public string Describe() => RunDrawing.Draw(document, Result);

    /// <summary>The same as <see cref="Describe"/>.</summary>
    public override string ToString() => Describe();

    internal static bool IsEntry(HistoryEvent happened) => happened.StateName is not null && happened.Type.ToString().EndsWith("StateEntered", StringComparison.Ordinal);

    int AttemptsIn(string state) =>
        Result.History.Count(happened => happened.StateName == state && happened.Type is HistoryEventType.TaskScheduled or HistoryEventType.LambdaFunctionScheduled or HistoryEventType.ActivityScheduled);

    TestRun Check(bool holds, string expected) =>
        holds ? this : throw new WorkflowAssertionException($"{expected}.{Environment.NewLine}{Environment.NewLine}{Describe()}");
}
