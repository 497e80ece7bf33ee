using System.Diagnostics;
using CsCheck;
using Orkestra.Lambda.Runtime;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Runtime;

public sealed class XRayTraceHeaderTests
{
    [Fact]
    public void Is_the_same_trace_in_both_forms()
    {
        XRayTraceHeader.TryParse("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:b", out var header).ShouldBeTrue();
        header.ToTraceParent().ShouldBe("00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01");
        XRayTraceHeader.From(header.ToActivityContext()).ToString().ShouldBe("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
    }

    [Fact]
    public void A_header_without_parent_and_decision_still_names_its_trace()
    {
        XRayTraceHeader.TryParse(" sampled=? ; root=1-5759e988-bd862e3fe1be46a994272793", out var header).ShouldBeTrue();
        header.Sampled.ShouldBeNull();
        header.Parent.ShouldBeNull();
        header.ToString().ShouldBe("Root=1-5759e988-bd862e3fe1be46a994272793");
        header.ToActivityContext().TraceId.ToHexString().ShouldBe("5759e988bd862e3fe1be46a994272793");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Root=")]
    [InlineData("Root=2-5759e988-bd862e3fe1be46a994272793")]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a99427279z")]
    [InlineData("Parent=53995c3f42cd8ad8;Sampled=1")]
    public void Anything_else_names_no_trace(string? text) => XRayTraceHeader.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Every_w3c_trace_survives_the_round_trip() =>
        Gen.Select(Gen.Byte.Array[16], Gen.Byte.Array[8], Gen.Bool).Where((trace, span, _) => trace.Any(b => b != 0) && span.Any(b => b != 0)).Sample((trace, span, recorded) =>
        {
            var context = new ActivityContext(ActivityTraceId.CreateFromBytes(trace), ActivitySpanId.CreateFromBytes(span), recorded ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None, isRemote: true);
            return XRayTraceHeader.TryParse(XRayTraceHeader.From(context).ToString(), out var header)
                && header.ToActivityContext() == context;
        });
}
