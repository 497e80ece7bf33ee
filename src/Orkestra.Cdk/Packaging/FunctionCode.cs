using Amazon.CDK.AWS.Lambda;

namespace Orkestra.Cdk.Packaging;

/// <summary>A published program and its asset in one stack.</summary>
internal sealed record FunctionCode(PublishedProgram Program, AssetCode Asset, bool IsChecked);
