using Amazon.CDK;
using Orkestra.Cdk;

var app = new App();
app.UseFunctions(new FunctionPackage("../Orders"));
_ = new CdkCompositionStack(app, "CdkComposition");
app.Synth();
