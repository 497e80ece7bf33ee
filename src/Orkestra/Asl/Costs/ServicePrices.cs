namespace Orkestra.Asl.Costs;

/// <summary>
/// The prices that costs are computed with, in US dollars, in us-east-1, without free tiers and without volume discounts, as of 2026-11-29. Other regions are up to one and a half times as expensive.
/// </summary>
public static class ServicePrices
{
    /// <summary>A million state transitions of Standard workflows: https://aws.amazon.com/step-functions/pricing/ ($0.025 per 1,000).</summary>
    public const decimal MillionTransitions = 25.00m;

    /// <summary>A million requests of Express workflows: https://aws.amazon.com/step-functions/pricing/.</summary>
    public const decimal MillionExpressRequests = 1.00m;

    /// <summary>
    /// A GB-second of Express workflows, for the first 1,000 GB-hours of a month: https://aws.amazon.com/step-functions/pricing/. Duration counts in started 100 ms, memory in started 64 MB.
    /// </summary>
    public const decimal ExpressGigabyteSecond = 0.00001667m;

    /// <summary>A million requests of Lambda, without the time that functions run: https://aws.amazon.com/lambda/pricing/.</summary>
    public const decimal MillionLambdaRequests = 0.20m;

    /// <summary>The date of the prices.</summary>
    public const string Date = "2026-11-29";
}
