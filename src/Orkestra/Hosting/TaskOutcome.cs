using System.Diagnostics;
using System.Runtime.CompilerServices;
using Orkestra.Authoring.Functions;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Integrations;

namespace Orkestra.Hosting;

/// <summary>What an invoker answers to a <see cref="TaskInvocation"/>. The default value says that the invoker does not know the resource.</summary>
public readonly struct TaskOutcome
{
    // The value or the failure, by the kind: an outcome is copied several times for each task, so it is kept small.
    readonly object? content;

    TaskOutcome(OutcomeKind kind, JsonValue value)
    {
        Kind = kind;
        content = value;
    }

    TaskOutcome(string? error, object? cause)
    {
        Kind = OutcomeKind.Failure;
        content = new TaskError(error, cause);
    }

    /// <summary>The invoker does not know the resource; another may. When none does the execution fails with a sentence that says so.</summary>
    public static TaskOutcome Unhandled => default;

    /// <summary>Whether the invoker knew the resource.</summary>
    public bool IsHandled => Kind != OutcomeKind.Unhandled;

    /// <summary>Whether the task succeeded, or its request was taken.</summary>
    public bool IsSuccess => Kind is OutcomeKind.Result or OutcomeKind.Payload;

    /// <summary>The result or the payload; null for an error.</summary>
    public JsonValue? Value => IsSuccess ? Unsafe.As<JsonValue>(content) : null;

    /// <summary>The error's name; null for a success, and for an error without a name.</summary>
    public string? Error => Failed?.Name;

    /// <summary>The error's cause; null for a success, and for an error without a cause.</summary>
    public string? Cause => LazyCause.TextOf(CauseObject);

    internal object? CauseObject => Failed?.Cause;

    internal OutcomeKind Kind { get; }

    TaskError? Failed => Kind == OutcomeKind.Failure ? Unsafe.As<TaskError>(content) : null;

    /// <summary>
    /// The task succeeded with what the service answers, whole. With <c>.waitForTaskToken</c> it is the answer to the request; the task ends when its
    /// token comes back.
    /// </summary>
    public static TaskOutcome Result(JsonValue result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(OutcomeKind.Result, result);
    }

    /// <summary>
    /// The task succeeded with what a service answers, as an optimized integration gives it to the state: with <c>SdkHttpMetadata</c> and <c>SdkResponseMetadata</c>, which say that the call succeeded.
    /// </summary>
    /// <param name="answer">The answer of the service.</param>
    public static TaskOutcome OptimizedResult(JsonObject answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Result(ServiceAnswers.Wrap(answer));
    }

    /// <summary>
    /// A function returned. For <c>lambda:invoke</c> the engine makes of it the object AWS answers, with <c>ExecutedVersion</c>, <c>Payload</c>,
    /// <c>SdkHttpMetadata</c>, <c>SdkResponseMetadata</c> and <c>StatusCode</c>; for any other resource it is the result itself.
    /// </summary>
    public static TaskOutcome Payload(JsonValue payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return new(OutcomeKind.Payload, payload);
    }

    /// <summary>The task failed.</summary>
    /// <param name="error">The error's name, which Retry and Catch look at.</param>
    /// <param name="cause">The error's description; for a Lambda function JSON text with <c>errorType</c> and <c>errorMessage</c>.</param>
    public static TaskOutcome Failure(string? error, string? cause = null) => new(error, cause);

    /// <summary>A function threw: the cause is the JSON text that Lambda answers.</summary>
    /// <param name="errorType">The exception's name, which becomes the error's name.</param>
    /// <param name="errorMessage">The exception's message.</param>
    /// <param name="stackTrace">The frames of the stack; none when empty.</param>
    public static TaskOutcome FunctionError(string errorType, string errorMessage, IEnumerable<string>? stackTrace = null) =>
        Failure(errorType, CauseOf(errorType, errorMessage, stackTrace));

    /// <summary>A function threw this exception: the error's name is the exception's type name, without its namespace.</summary>
    public static TaskOutcome FunctionError(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FunctionError(exception, exception.GetType().Name);
    }

    /// <summary>A function failed with an error of its workflow: the cause is the JSON text that Lambda answers.</summary>
    /// <param name="error">The error, as <see cref="Authoring.WorkflowDefinition.ErrorOf"/> or <see cref="FunctionStep.ErrorOf"/> makes it.</param>
    public static TaskOutcome FunctionError(FunctionError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return FunctionError(error.Exception, error.Name, error.Data);
    }

    /// <summary>A function threw this exception, which a Catch or Retry of the workflow knows by a name that can be one of its base classes'.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="error">The name.</param>
    /// <param name="data">The properties of the exception that handlers read; null for none.</param>
    internal static TaskOutcome FunctionError(Exception exception, string error, JsonObject? data = null) =>
        new(error, new LazyCause(exception, problem => Describe(problem, 0, error, data).ToJson()));

    // As a function in the cloud describes it: with the exception inside, and that inside it.
    static JsonObject Describe(Exception exception, int depth, string error, JsonObject? data = null)
    {
        var cause = new JsonObject.Builder(6).Set("errorType", error).Set("errorMessage", ExceptionText.MessageOf(exception));
        // The service takes the error's name from errorType; what was thrown stands beside it.
        if (error != exception.GetType().Name) cause.Set("exceptionType", exception.GetType().FullName ?? exception.GetType().Name);
        if (data is not null) cause.Set("errorData", data);
        // Without files and lines: reading symbols would cost more than everything else an error costs, and a deployed function rarely has them.
        var trace = OfTheStep(new StackTrace(exception, fNeedFileInfo: false));
        if (trace.FrameCount > 0)
        {
            var frames = trace.ToString().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            cause.Set("stackTrace", JsonArray.Create(frames.Select(line => (JsonValue)line)));
        }

        if (exception.InnerException is { } inner && depth < 8) cause.Set("cause", Describe(inner, depth + 1, inner.GetType().Name));
        return cause.Build();
    }

    static string CauseOf(string errorType, string errorMessage, IEnumerable<string>? stackTrace)
    {
        var cause = new JsonObject.Builder(3).Set("errorType", errorType).Set("errorMessage", errorMessage);
        if (stackTrace is not null) cause.Set("stackTrace", JsonArray.Create(stackTrace.Select(line => (JsonValue)line)));
        return cause.Build().ToJson();
    }

    internal enum OutcomeKind : byte
    {
        Unhandled,
        Result,
        Payload,
        Failure,
    }

    // The cause is a text or a LazyCause.
    sealed record TaskError(string? Name, object? Cause);

    // Without what called the step: its frames say nothing about the step, and to resolve their names takes longer than all the rest.
    static StackTrace OfTheStep(StackTrace trace)
    {
        var frames = trace.GetFrames();
        var count = frames.Length;
        while (count > 0 && IsOwn(frames[count - 1])) count--;
        return count == 0 || count == frames.Length ? trace : new StackTrace(frames[..count]);
    }

    static bool IsOwn(StackFrame frame) => DiagnosticMethodInfo.Create(frame)?.DeclaringAssemblyName is { } assembly
        && (assembly.StartsWith("Orkestra,", StringComparison.Ordinal) || assembly.StartsWith("System.Private.CoreLib,", StringComparison.Ordinal));
}
