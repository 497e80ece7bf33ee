namespace Orkestra.Lambda;

/// <summary>
/// The settings of a deployed function. Orkestra.Cdk sets them; a deployment made with other tools has to set the same.
/// <list type="bullet">
/// <item>
/// On a custom runtime (<c>provided.al2023</c>, Native AOT) the function's handler is the step: <c>AddPrice</c>, or <c>HelloOrkestra.AddPrice</c> where the
/// binary holds several workflows with steps of that name. The binary is called <c>bootstrap</c>.
/// </item>
/// <item>
/// On a managed runtime (<c>dotnet10</c>) Lambda itself reads the handler, which must be the assembly's name (<c>HelloOrkestra</c>, for HelloOrkestra.dll); the
/// step is then named by the variable <see cref="Step"/>.
/// </item>
/// </list>
/// A project is published with <c>dotnet publish -c Release -r linux-x64 -p:OrkestraLambda=true</c> (or <c>linux-arm64</c>), with <c>--self-contained false</c> for
/// the managed runtime and with <c>-p:PublishAot=true</c> for Native AOT. <c>OrkestraLambda</c> leaves out what only a local run uses.
/// </summary>
public static class FunctionVariables
{
    /// <summary>The step this function runs: its name, alone or after its workflow's (<c>HelloOrkestra.AddPrice</c>). It comes before the handler setting.</summary>
    public const string Step = "ORKESTRA_STEP";

    /// <summary>
    /// A file. When it is set, the program writes what functions it holds into it, as JSON, and ends: Orkestra.Cdk asks so before it deploys. A program that cannot be started
    /// where it is deployed from has the file beside it, named <c>orkestra-manifest.json</c>.
    /// </summary>
    public const string Manifest = "ORKESTRA_MANIFEST";

    /// <summary><c>true</c> switches logs, metrics and traces on, <c>false</c> switches them off, whatever the workflow says.</summary>
    public const string Observability = "ORKESTRA_OBSERVABILITY";

    /// <summary><c>false</c> leaves logs as plain lines where observability is on.</summary>
    public const string Logs = "ORKESTRA_LOGS";

    /// <summary><c>false</c> leaves out metrics where observability is on.</summary>
    public const string Metrics = "ORKESTRA_METRICS";

    /// <summary><c>false</c> leaves out traces where observability is on.</summary>
    public const string Traces = "ORKESTRA_TRACES";

    /// <summary>The <c>service</c> key of logs and dimension of metrics; the workflow's name by default.</summary>
    public const string Service = "POWERTOOLS_SERVICE_NAME";

    /// <summary>The namespace of metrics; the service by default.</summary>
    public const string MetricsNamespace = "POWERTOOLS_METRICS_NAMESPACE";

    /// <summary>The least level that is logged: Trace, Debug, Information, Warning, Error, Critical or None; Information by default.</summary>
    public const string LogLevel = "POWERTOOLS_LOG_LEVEL";

    /// <summary><c>true</c> logs each event that comes; off by default, as events may hold what logs must not.</summary>
    public const string LogEvent = "POWERTOOLS_LOGGER_LOG_EVENT";

    /// <summary>The share of invocations, 0 to 1, that log from Debug on; 0 by default.</summary>
    public const string SampleRate = "POWERTOOLS_LOGGER_SAMPLE_RATE";

    /// <summary><c>true</c> puts the step's output into its span; false by default, as outputs may hold what traces must not.</summary>
    public const string CaptureResponse = "POWERTOOLS_TRACER_CAPTURE_RESPONSE";

    /// <summary><c>false</c> leaves an exception's message and stack out of its span; true by default.</summary>
    public const string CaptureError = "POWERTOOLS_TRACER_CAPTURE_ERROR";
}
