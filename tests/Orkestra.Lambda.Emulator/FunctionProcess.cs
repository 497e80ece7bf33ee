using System.Diagnostics;
using System.Text;

namespace Orkestra.Lambda.Emulator;

/// <summary>A published program running as a function against an emulator of its own.</summary>
public sealed class FunctionProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly StringBuilder _output = new();
    readonly StringBuilder _errors = new();

    FunctionProcess(RuntimeApiEmulator emulator, Process process, long startedAt)
    {
        (Emulator, _process, StartedAt) = (emulator, process, startedAt);
        process.OutputDataReceived += (_, line) => Add(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Add(_errors, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The host.</summary>
    public RuntimeApiEmulator Emulator { get; }

    /// <summary>When the process was started, in timestamp ticks.</summary>
    public long StartedAt { get; }

    /// <summary>What was written to standard output so far.</summary>
    public string Output => Read(_output);

    /// <summary>What was written to standard error so far.</summary>
    public string Errors => Read(_errors);

    /// <summary>Starts a program for one step.</summary>
    /// <param name="program">The file.</param>
    /// <param name="step">The step, as the function's settings name it.</param>
    /// <param name="emulator">The host, which may hold requests already; it is closed with this.</param>
    /// <param name="environment">Further variables.</param>
    public static FunctionProcess Start(string program, string step, RuntimeApiEmulator? emulator = null, params (string Name, string Value)[] environment) =>
        Start(program.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet"] : [], program, step, emulator, environment);

    /// <inheritdoc cref="Start(string, string, RuntimeApiEmulator?, ValueTuple{string, string}[])"/>
    /// <param name="interpreter">The command that runs the program, such as an emulator of another processor; empty when it runs by itself.</param>
    /// <param name="program">The file.</param>
    /// <param name="step">The step, as the function's settings name it.</param>
    /// <param name="emulator">The host, which may hold requests already; it is closed with this.</param>
    /// <param name="environment">Further variables.</param>
    public static FunctionProcess Start(string[] interpreter, string program, string step, RuntimeApiEmulator? emulator = null, params (string Name, string Value)[] environment)
    {
        ArgumentNullException.ThrowIfNull(interpreter);
        emulator ??= new RuntimeApiEmulator();
        var isManaged = program.EndsWith(".dll", StringComparison.Ordinal);
        string[] command = [.. interpreter, program];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program)!,
        };
        // As the real host does: the managed runtime's handler is the assembly, a custom runtime's is free.
        start.Environment["_HANDLER"] = isManaged ? Path.GetFileNameWithoutExtension(program) : step;
        if (isManaged)
            start.Environment["ORKESTRA_STEP"] = step;
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = emulator.Endpoint;
        start.Environment["AWS_LAMBDA_FUNCTION_NAME"] = step;
        start.Environment["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST";
        start.Environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "512";
        start.Environment["LAMBDA_TASK_ROOT"] = start.WorkingDirectory;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var startedAt = Stopwatch.GetTimestamp();
        return new(emulator, Process.Start(start)!, startedAt);
    }

    /// <summary>Waits until a text was written to standard error.</summary>
    public async Task WaitForErrorAsync(string text, TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        while (!Errors.Contains(text, StringComparison.Ordinal))
            await Task.Delay(10, limit.Token);
    }

    /// <summary>Asks the process to end as Lambda does, with SIGTERM, and gives its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
            await kill.WaitForExitAsync();
        return await ExitAsync();
    }

    /// <summary>Waits for the process to end by itself.</summary>
    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        await Emulator.DisposeAsync();
    }

    static void Add(StringBuilder to, string? line)
    {
        if (line is not null)
            lock (to)
                to.AppendLine(line);
    }

    static string Read(StringBuilder from)
    {
        lock (from)
            return from.ToString();
    }
}
