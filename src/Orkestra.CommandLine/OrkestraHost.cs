using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
using Orkestra.CommandLine.Terminal;
using Orkestra.Lambda;

namespace Orkestra.CommandLine;

/// <summary>
/// The command line around a workflow, all of a <c>Program.cs</c>:
/// <code>
/// return await OrkestraHost.RunAsync&lt;HelloOrkestra&gt;(args);
/// </code>
/// Without arguments it runs the workflow. The result goes to standard output as JSON, everything else to standard error. The exit code is 0 when the run
/// succeeded, 1 when it failed, 2 when it could not begin (a wrong argument, an input that does not fit, a workflow that is not defined well) and 130 when it was
/// stopped with Ctrl-C. <c>--help</c> lists the commands.
/// <para>
/// Started by AWS Lambda, the same program runs the one step that the function's settings name (<see cref="Orkestra.Lambda.OrkestraLambda"/>). Published with
/// <c>-p:OrkestraLambda=true</c> it does only that, and leaves the command line behind.
/// </para>
/// </summary>
public static class OrkestraHost
{
    /// <summary>Does what the command line says.</summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="configure">Registers services steps may ask for; none when null.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync<TWorkflow>(string[] args, Action<IServiceCollection>? configure = null)
        where TWorkflow : Workflow, new() =>
        HasCommandLine && Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is null or ""
            ? RunAsync(static () => new TWorkflow(), args, configure, Streams.OfProcess())
            : LambdaAsync<TWorkflow>(configure);

    // A constant to the trimmer, which then leaves out the command line and all that it needs; see buildTransitive/Orkestra.CommandLine.targets.
    [FeatureSwitchDefinition("Orkestra.CommandLine.IsSupported")]
    static bool HasCommandLine => !AppContext.TryGetSwitch("Orkestra.CommandLine.IsSupported", out var isSupported) || isSupported;

    internal static Task<int> RunAsync(Func<Workflow> make, string[] args, Action<IServiceCollection>? configure, Streams streams)
    {
        ArgumentNullException.ThrowIfNull(args);
        var host = new WorkflowHost(make, configure, streams);
        // A program that only runs does not load what reads command lines.
        return args.Length == 0 ? host.RunAsync(new RunRequest(null, false), CancellationToken.None) : CommandLineAsync(host, args);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Task<int> CommandLineAsync(WorkflowHost host, string[] args) => HostCommands.InvokeAsync(host, args);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Task<int> LambdaAsync<TWorkflow>(Action<IServiceCollection>? configure)
        where TWorkflow : Workflow, new() =>
        configure is null ? OrkestraLambda.RunAsync<TWorkflow>() : OrkestraLambda.RunAsync<TWorkflow>(configure);
}
