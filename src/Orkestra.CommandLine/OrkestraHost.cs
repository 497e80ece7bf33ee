#if !ORKESTRA_LAMBDA
using System.Diagnostics.CodeAnalysis;
#endif
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
#if !ORKESTRA_LAMBDA
using Orkestra.CommandLine.Terminal;
#endif
using Orkestra.Lambda;

namespace Orkestra.CommandLine;

/// <summary>
/// The command line around a workflow, all of a <c>Program.cs</c>:
/// <code>
/// return await OrkestraHost.RunAsync&lt;HelloOrkestra&gt;(args);
/// </code>
/// Without arguments it runs the workflow. The result goes to standard output as JSON, everything else to standard error, including what steps write to
/// <see cref="Console.Out"/>. The exit code is 0 when the run succeeded, 1 when it failed, 2 when it could not begin (a wrong argument, an input that does not fit,
/// an invalid workflow) and 130 when it was stopped with Ctrl-C. A second Ctrl-C ends the process at once. <c>--help</c> lists the commands.
/// <para>
/// Started by AWS Lambda, the same program runs the step that the function's settings name (<see cref="Orkestra.Lambda.OrkestraLambda"/>). Published with
/// <c>-p:OrkestraLambda=true</c> it does only that, and does not include the command line.
/// </para>
/// </summary>
public static class OrkestraHost
{
    /// <summary>
    /// Runs the command that the arguments name, for a workflow or another one of the same assembly (<c>--workflow NAME</c>). One line serves all workflows of a project; only
    /// a program published with Native AOT has to name each that no other one starts (<see cref="RunAsync(string[], IReadOnlyList{Workflow}, Action{IServiceCollection}?)"/>).
    /// </summary>
    /// <typeparam name="TWorkflow">The workflow that runs when the arguments name none.</typeparam>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="configure">Registers the services of steps; null for none.</param>
    /// <returns>The exit code. It is also set as <see cref="Environment.ExitCode"/>, so a <c>Main</c> that does not return it ends with it as well.</returns>
    public static Task<int> RunAsync<TWorkflow>(string[] args, Action<IServiceCollection>? configure = null)
        where TWorkflow : Workflow, new() =>
#if !ORKESTRA_LAMBDA
        IsLocal ? RunHereAsync(new(static () => new TWorkflow(), OthersOf<TWorkflow>), args, configure) :
#endif
        LambdaAsync<TWorkflow>(configure);

    /// <summary>Runs the command that the arguments name, for one of several workflows.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="workflows">The workflows, of which <c>--workflow NAME</c> chooses one and the first runs when it is missing.</param>
    /// <param name="configure">Registers the services of steps; null for none.</param>
    /// <returns>The exit code. It is also set as <see cref="Environment.ExitCode"/>, so a <c>Main</c> that does not return it ends with it as well.</returns>
    /// <exception cref="ArgumentException"><paramref name="workflows"/> is empty, or has two of one name.</exception>
    public static Task<int> RunAsync(string[] args, IReadOnlyList<Workflow> workflows, Action<IServiceCollection>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(workflows);
        if (workflows.Count == 0) throw new ArgumentException("The program has no workflow: name at least one.", nameof(workflows));
        if (workflows.GroupBy(static workflow => workflow.Name).FirstOrDefault(static same => same.Count() > 1) is { } same)
            throw new ArgumentException($"The program has {same.Count()} workflows with the name '{same.Key}': override Name so that each has its own.", nameof(workflows));
#if !ORKESTRA_LAMBDA
        if (IsLocal) return RunHereAsync(new(() => workflows[0], () => workflows.Skip(1)), args, configure);
#endif
        return LambdaAsync(workflows, configure);
    }

#if !ORKESTRA_LAMBDA
    static bool IsLocal =>
        HasCommandLine && Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") is null or "" && Environment.GetEnvironmentVariable(FunctionVariables.Manifest) is null or "";

    // A constant to the trimmer, which then leaves out the command line and all that it needs; see buildTransitive/Orkestra.CommandLine.targets.
    [FeatureSwitchDefinition("Orkestra.CommandLine.IsSupported")]
    static bool HasCommandLine => !AppContext.TryGetSwitch("Orkestra.CommandLine.IsSupported", out var isSupported) || isSupported;

    static IEnumerable<Workflow> OthersOf<TWorkflow>() => WorkflowSearch.In(typeof(TWorkflow).Assembly, new HashSet<Type> { typeof(TWorkflow) });

    static async Task<int> RunHereAsync(WorkflowChoice choice, string[] args, Action<IServiceCollection>? configure)
    {
        var streams = Streams.OfProcess();
        // Standard output carries the result alone: what steps write to the console goes where progress and logs go.
        Console.SetOut(streams.Error);
        var code = await RunAsync(choice, args, configure, streams).ConfigureAwait(false);
        // For a Main that does not return it.
        Environment.ExitCode = code;
        return code;
    }

    internal static Task<int> RunAsync(WorkflowChoice choice, string[] args, Action<IServiceCollection>? configure, Streams streams)
    {
        ArgumentNullException.ThrowIfNull(args);
        var host = new WorkflowHost(choice, configure, streams);
        // A program that only runs does not load what reads command lines.
        return args.Length == 0 ? host.RunAsync(new RunRequest(null, Events: false, SkipWaits: false), CancellationToken.None) : CommandLineAsync(host, args);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Task<int> CommandLineAsync(WorkflowHost host, string[] args) => HostCommands.InvokeAsync(host, args);
#endif

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Task<int> LambdaAsync<TWorkflow>(Action<IServiceCollection>? configure)
        where TWorkflow : Workflow, new() =>
        configure is null ? OrkestraLambda.RunAsync<TWorkflow>() : OrkestraLambda.RunAsync<TWorkflow>(configure);

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Task<int> LambdaAsync(IReadOnlyList<Workflow> workflows, Action<IServiceCollection>? configure) => OrkestraLambda.RunAsync(options =>
    {
        foreach (var workflow in workflows) options.Add(workflow);
        if (configure is not null) options.UseServices(configure);
    });
}
