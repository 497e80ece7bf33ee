using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.HostileProgram;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Runtime;

/// <summary>A real process with steps that hold on to it, and a real SIGTERM.</summary>
public sealed class ProcessEndTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("Hang")]
    [InlineData("HangInCallback")]
    [InlineData("WaitForToken")]
    public async Task A_step_that_runs_is_answered_for_and_the_process_ends(string step)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent with kill, which Windows does not have.");
        await using var function = Start(step);
        var answer = function.Emulator.InvokeAsync(new LambdaRequest("null") { Timeout = TimeSpan.FromMinutes(10) });
        await function.WaitForErrorAsync("begun", Patience);
        (await function.TerminateAsync()).ShouldBeInRange(0, 1, function.Errors);
        var error = await answer.WaitAsync(Patience);
        error.ErrorType.ShouldBe("Runtime.ExitError");
        error.Json.GetProperty("errorMessage").GetString().ShouldBe($"Step {step} was stopped because its process was told to end.");
    }

    [Fact]
    public async Task A_thread_that_a_step_left_behind_does_not_keep_the_process()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent with kill, which Windows does not have.");
        await using var function = Start("LeaveThread");
        (await function.Emulator.InvokeAsync("null").WaitAsync(Patience)).Body.ShouldBe("\"left\"");
        await function.TerminateAsync();
    }

    [Fact]
    public async Task An_exception_on_another_thread_is_the_answer_before_it_ends_the_process()
    {
        await using var function = Start("ThrowElsewhere");
        var answer = await function.Emulator.InvokeAsync("null").WaitAsync(Patience);
        answer.ErrorType.ShouldBe("InvalidOperationException");
        answer.Json.GetProperty("errorMessage").GetString().ShouldBe("on another thread");
        (await function.ExitAsync()).ShouldNotBe(0);
    }

    static FunctionProcess Start(string step) => FunctionProcess.Start(typeof(Hostile).Assembly.Location, step);
}
