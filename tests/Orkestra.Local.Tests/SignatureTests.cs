using System.Net.Http.Headers;
using Orkestra.Local.Tasks;
using Shouldly;
using Xunit;

namespace Orkestra.Local.Tests;

/// <summary>Signature Version 4, with the example of AWS's documentation.</summary>
public sealed class SignatureTests
{
    [Fact]
    public void A_request_is_signed_as_the_documentation_shows()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08") { Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/x-www-form-urlencoded; charset=utf-8");
        new SignatureV4("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null, "us-east-1", "iam").Sign(request, [], new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero));
        request.Headers.GetValues("Authorization").Single().ShouldBe(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }
}
