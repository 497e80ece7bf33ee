using Orkestra.Hosting.Terminal;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests;

public sealed class WarmUpTests
{
    [Fact]
    public async Task It_goes_through_the_machine_to_its_end()
    {
        var result = await WarmUp.RunAsync();
        result.IsSuccess.ShouldBeTrue();
        result.Output![1]!["Error"].ShouldBe("InvalidOperationException");
    }

    [Fact]
    public void Its_machine_is_valid() => StateMachineValidator.Validate(WarmUp.Machine()).Diagnostics.ShouldBeEmpty();
}
