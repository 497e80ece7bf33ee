using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda;

/// <summary>
/// Runs a program as an AWS Lambda function. One binary holds all steps of a workflow; the function's settings pick the one it runs
/// (<see cref="FunctionVariables"/>).
/// </summary>
/// <example><code>return await OrkestraLambda.RunAsync&lt;HelloOrkestra&gt;();</code></example>
public static class OrkestraLambda
{
    /// <summary>Whether the process was started by Lambda, or to say what functions it holds (<see cref="FunctionVariables.Manifest"/>).</summary>
    public static bool IsRunning => LambdaEnvironment.Current.RuntimeApi is not null || LambdaEnvironment.Current[FunctionVariables.Manifest] is not null;

    /// <summary>
    /// Runs a step of a workflow that needs no services, or of another workflow of the same assembly. A trimmed program (Native AOT) has to name each of its workflows that no other one starts:
    /// <c>RunAsync(options =&gt; options.Add(new A()).Add(new B()))</c>.
    /// </summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <returns>The exit code: 0 after Lambda ended the process in good order, 1 when the function could not start.</returns>
    public static Task<int> RunAsync<TWorkflow>()
        where TWorkflow : Workflow, new() =>
        RunAsync(static options => options.AddWithOthers(new TWorkflow()));

    /// <summary>Runs a step of a workflow, or of another one of the same assembly, with services of the caller's.</summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <param name="services">Adds what steps ask for.</param>
    /// <returns>The exit code: 0 after Lambda ended the process in good order, 1 when the function could not start.</returns>
    public static Task<int> RunAsync<TWorkflow>(Action<IServiceCollection> services)
        where TWorkflow : Workflow, new() =>
        RunAsync(options => options.AddWithOthers(new TWorkflow()).UseServices(services));

    /// <summary>Runs a step of any of several workflows, or a step that belongs to none.</summary>
    /// <param name="configure">Names the workflows, steps and services.</param>
    /// <returns>The exit code: 0 after Lambda ended the process in good order, 1 when the function could not start.</returns>
    public static async Task<int> RunAsync(Action<LambdaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        if (LambdaEnvironment.Current[FunctionVariables.Manifest] is { } manifest)
        {
            var options = new LambdaOptions();
            configure(options);
            options.WriteManifest(manifest);
            return 0;
        }

        if (LambdaEnvironment.Current.RuntimeApi is not { } api)
        {
            await Console.Error.WriteLineAsync("This program is a Lambda function and AWS_LAMBDA_RUNTIME_API is not set: deploy it, or run the workflow here with Orkestra.CommandLine.");
            return Environment.ExitCode = 2;
        }

        // For a Main that does not return it.
        return Environment.ExitCode = await LambdaHost.RunAsync(api, () => Open(configure, LambdaEnvironment.Current), TimeProvider.System);
    }

    internal static IFunction Open(Action<LambdaOptions> configure, LambdaEnvironment environment, Stream? output = null)
    {
        var options = new LambdaOptions();
        configure(options);
        return options.Open(environment, output);
    }
}
